// bare-pump BYTES: writes that many bytes to standard output in the pieces of `zfs send`.
#include "BarePump.h"

#include <stdio.h>
#include <stdlib.h>

int main(int count, char *words[]) {
    if (count != 2) {
        fputs("usage: bare-pump BYTES\n", stderr);
        return 64;
    }
    return bare_produce(atoll(words[1])) == 0 ? 0 : 1;
}
