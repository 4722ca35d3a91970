// Linux and GNU calls that Swift's Glibc module does not show, as plain functions.
// _GNU_SOURCE is defined in linux.c only: defining it here would change the types that other C modules see.
#ifndef CLINUX_H
#define CLINUX_H

#include <stdint.h>
#include <sys/types.h>

/// pipe2(2) with O_CLOEXEC; returns 0 or -1 and errno.
int clinux_pipe_cloexec(int descriptors[2]);
/// posix_spawn(3) of `path` with descriptors 0, 1 and 2 as given (-1 is /dev/null) and no others, a process group of its
/// own, every signal at its default and none blocked. Returns 0 or an error number.
///
/// A child of a multithreaded program otherwise inherits what the spawning thread blocks, and what the program ignores.
int clinux_spawn(
    pid_t *pid, const char *path, char *const arguments[], char *const environment[], int input, int output, int error);
/// pidfd_open(2); returns a descriptor (close-on-exec) or -1 and errno.
int clinux_pidfd_open(pid_t pid);

/// waitid(2) on a process identifier with WEXITED; returns 1 and fills in code and status, 0 if it still runs, -1 and errno.
/// With `reap` 0 the process stays a zombie (WNOWAIT), which keeps its process group identifier from being used again.
int clinux_wait(pid_t pid, int reap, int *code, int *status);

/// epoll_create1(2), epoll_ctl(2) for edge-triggered reading, epoll_wait(2), eventfd(2): -1 and errno on failure.
int clinux_epoll_create(void);
int clinux_epoll_add_edge(int epoll, int descriptor, uint64_t key);
/// Fills `keys` with the keys of at most `capacity` descriptors that have something to read; waits at most `milliseconds`
/// (-1: for ever). The end of a pipe alone is not told of, so 0 may come before the time is over.
int clinux_epoll_wait(int epoll, uint64_t *keys, int capacity, int milliseconds);
int clinux_eventfd(void);

/// A file without a name in a folder, open for reading and writing, close-on-exec, mode 0600; -1 and errno.
int clinux_open_unnamed(const char *folder);
/// F_SETFL with O_NONBLOCK alone, for descriptors without other status flags; returns 0 or -1 and errno.
int clinux_set_nonblocking(int descriptor);

/// SO_PEERCRED of a connected Unix socket; returns 0, or -1 and errno (ENOTSUP on any other socket).
int clinux_peer_credentials(int descriptor, pid_t *pid, uid_t *uid, gid_t *gid);
/// Lets a TCP socket find out that its peer is gone: keepalive probes after 30 s, every 10 s, 3 of them, and 60 s for sent
/// data without an answer (TCP_USER_TIMEOUT); small writes go out at once (TCP_NODELAY). Returns 0, or -1 and errno.
int clinux_set_tcp_options(int descriptor);
/// One datagram to a Unix socket; a name that starts with `@` is an abstract one (unix(7)). Waits at most a second for
/// room. Returns 0 or -1 and errno.
int clinux_send_datagram(const char *name, const void *bytes, size_t count);
/// PR_SET_DUMPABLE 0 and RLIMIT_CORE 0: no core dump of this process or its children, and no other process of the same
/// user that reads its memory or environment. Returns 0 or -1 and errno.
int clinux_protect_memory(void);
/// Raises the soft RLIMIT_NOFILE to the hard one. Returns 0 or -1 and errno.
int clinux_raise_descriptor_limit(void);
/// malloc_trim(3): gives pages that hold nothing any more back to the system. Takes tens of milliseconds after much use.
void clinux_return_memory(void);

#endif
