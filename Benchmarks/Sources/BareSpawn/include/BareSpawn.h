#ifndef BARE_SPAWN_H
#define BARE_SPAWN_H

// Runs `arguments` (its first word is the program's file, nil ends it) `count` times, `width` at once, each in a thread
// of its own: posix_spawn with a pipe as standard output, read to its end, and reap. Nothing else is done, so that this is
// the least a process can cost.
// Returns the seconds it took, or -1 when a process could not be started or did not exit with status 0.
double bare_spawn(char *const arguments[], int count, int width);

#endif
