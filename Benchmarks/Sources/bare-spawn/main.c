// bare-spawn COUNT WIDTH FILE [ARGUMENT...]: prints how many runs a second bare posix_spawn does of one program.
#include "BareSpawn.h"

#include <stdio.h>
#include <stdlib.h>

int main(int count, char *words[]) {
    if (count < 4) {
        fputs("usage: bare-spawn COUNT WIDTH FILE [ARGUMENT...]\n", stderr);
        return 64;
    }
    double runs = atof(words[1]);
    double seconds = bare_spawn(words + 3, (int)runs, atoi(words[2]));
    if (seconds < 0) {
        fprintf(stderr, "bare-spawn: %s failed\n", words[3]);
        return 1;
    }
    printf("%.3f\n", runs / seconds);
    return 0;
}
