#ifndef BAREPUMP_H
#define BAREPUMP_H

#include <sys/types.h>

/// Kinds of connections: a Unix socket pair, and TCP over loopback.
enum { bare_unix = 0, bare_tcp = 1 };

/// Makes a connection and a process at its other end that reads until the end. Returns this end, or -1; fills in the process.
int bare_connection(int kind, pid_t *reader);
/// Waits for that process after this end was closed. Returns 0, or -1.
int bare_wait(pid_t reader);
/// Starts a program and moves its output to a descriptor with splice(2) alone, nothing else. Returns bytes, or -1.
long long bare_pump(char *const arguments[], int output);
/// Writes bytes to standard output as `zfs send` does: 312 bytes, then 128 KiB, and so on. Returns 0, or -1.
int bare_produce(long long bytes);
/// The processor time of this process so far, in seconds.
double bare_processor_time(void);

#endif
