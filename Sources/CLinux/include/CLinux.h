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
/// EPOLL_CTL_DEL.
int clinux_epoll_remove(int epoll, int descriptor);
int clinux_eventfd(void);
/// Lets `epoll` tell once, by `key`, that `descriptor` can be read (1), can be written (2), or that its connection is gone in
/// both directions (0), which is told in any case; clinux_epoll_forget ends it. Returns 0 or -1 and errno.
int clinux_epoll_watch_once(int epoll, int descriptor, int interest, uint64_t key);
void clinux_epoll_forget(int epoll, int descriptor);
/// Fills `keys` with the keys of at most `capacity` (64 at most) descriptors that something happened to; waits at most
/// `milliseconds`.
int clinux_epoll_wait_any(int epoll, uint64_t *keys, int capacity, int milliseconds);
/// SO_LINGER of 0 seconds: closing the socket sends a reset at once. Returns 0 or -1 and errno.
int clinux_reset_on_close(int descriptor);

/// F_SETPIPE_SZ: at least `bytes` for a pipe that is empty; returns 0 or -1 and errno (EPERM past the limits of pipe(7)).
int clinux_set_pipe_size(int descriptor, int bytes);
/// F_GETPIPE_SZ; returns bytes, or -1 and errno.
int clinux_pipe_size(int descriptor);
/// FIONREAD: the bytes that can be read now; 0 also when that cannot be told.
int clinux_available(int descriptor);
/// splice(2) with SPLICE_F_MOVE and SPLICE_F_NONBLOCK: moves up to `count` bytes, at least one end a pipe, without waiting
/// for a pipe; a socket is not waited for when it is nonblocking. `more` tells a socket that more follows at once
/// (SPLICE_F_MORE). Returns bytes, 0 at the end of input, or -1 and errno.
ssize_t clinux_splice(int input, int output, size_t count, int more);
/// tee(2) with SPLICE_F_NONBLOCK: lets another pipe have up to `count` bytes too, which stay where they are. Returns
/// bytes, or -1 and errno.
ssize_t clinux_tee(int input, int output, size_t count);
/// send(2) with MSG_NOSIGNAL, and MSG_MORE with `more`; write(2) for what is no socket. Returns bytes, or -1 and errno.
ssize_t clinux_send(int descriptor, const void *bytes, size_t count, int more);
/// What clinux_poll tells of.
enum { clinux_poll_ready = 1, clinux_poll_broken = 2, clinux_poll_woken = 4 };
/// poll(2): waits until `descriptor` can be read, or written with `writing`, or has an error (clinux_poll_ready), until
/// `watched` has an error or a hang-up (clinux_poll_broken), or until `wakeup` can be read (clinux_poll_woken), but not
/// longer than `milliseconds`. A negative descriptor is left out. Returns their sum, 0 after the time or a signal.
int clinux_poll(int descriptor, int writing, int watched, int wakeup, int milliseconds);
/// Blocks SIGPIPE in the calling thread, for splice(2) has no MSG_NOSIGNAL.
void clinux_block_sigpipe(void);

/// Lets this thread not interrupt others when it wakes, as with SCHED_BATCH of sched(7): it moves more at once then.
void clinux_prefer_throughput(void);

/// A file without a name in a folder, open for reading and writing, close-on-exec, mode 0600; -1 and errno.
int clinux_open_unnamed(const char *folder);
/// F_DUPFD_CLOEXEC: another descriptor of the same file, at least 3; -1 and errno.
int clinux_duplicate_cloexec(int descriptor);
/// F_SETFL with O_NONBLOCK alone, for descriptors without other status flags; returns 0 or -1 and errno.
int clinux_set_nonblocking(int descriptor);

/// SO_PEERCRED of a connected Unix socket; returns 0, or -1 and errno (ENOTSUP on any other socket).
int clinux_peer_credentials(int descriptor, pid_t *pid, uid_t *uid, gid_t *gid);
/// Lets a TCP socket find out that its peer is gone: keepalive probes after 30 s, every 10 s, 3 of them, and 60 s for sent
/// data without an answer (TCP_USER_TIMEOUT); small writes go out at once (TCP_NODELAY). Returns 0, or -1 and errno.
int clinux_set_tcp_options(int descriptor);
/// TCP_USER_TIMEOUT: 60 s, or none. Linux ends a connection after that time also when the peer answers every probe and only has no
/// room (tcp_probe_timer). Returns 0, or -1 and errno.
int clinux_limit_unanswered(int descriptor, int limited);
/// Whether the peer of a TCP connection has answered nothing for 60 s although there was something to answer: data, or probes of
/// whether it has room again (tcp_info of tcp(7)). 0 for all other descriptors.
int clinux_peer_is_silent(int descriptor);
/// One datagram to a Unix socket; a name that starts with `@` is an abstract one (unix(7)). Waits at most a second for
/// room. Returns 0 or -1 and errno.
int clinux_send_datagram(const char *name, const void *bytes, size_t count);
/// PR_SET_DUMPABLE 0 and RLIMIT_CORE 0: no core dump of this process or its children, and no other process of the same
/// user that reads its memory or environment. Returns 0 or -1 and errno.
int clinux_protect_memory(void);
/// Raises the soft RLIMIT_NOFILE to the hard one. Returns 0 or -1 and errno.
int clinux_raise_descriptor_limit(void);
/// SCHED_IDLE of sched(7): the calling thread runs when no other wants to. Returns 0 or -1 and errno.
int clinux_yield_to_all(void);
/// malloc_trim(3): gives pages that hold nothing any more back to the system. Takes tens of milliseconds after much use.
void clinux_return_memory(void);

/// A folder as a starting point for the calls below (O_PATH); a descriptor or -1 and errno.
int clinux_open_root(const char *path);
/// openat2(2) of a path below a folder with RESOLVE_BENEATH, RESOLVE_NO_SYMLINKS and RESOLVE_NO_MAGICLINKS: no way out of
/// the folder, whatever others put in its place meanwhile. Close-on-exec; -1 and errno (ELOOP for a symbolic link, EXDEV
/// for a way out, ENOSYS before Linux 5.6).
/// `look` opens nothing (O_PATH) and takes a symbolic link at the end for itself; `file` opens for reading and never
/// waits for a writer; `folder` opens a folder, `.` for the root itself.
int clinux_look_beneath(int root, const char *path);
int clinux_open_file_beneath(int root, const char *path);
int clinux_open_folder_beneath(int root, const char *path);
/// F_SETFL without any flag; returns 0 or -1 and errno.
int clinux_set_blocking(int descriptor);
/// Gives a file of a folder a new name that must not be taken (EEXIST): renameat2(2) with RENAME_NOREPLACE, or by a link
/// where the file system knows no such rename, as ZFS before 2.2. Returns 0 or -1 and errno.
int clinux_rename_new(int folder, const char *from, const char *to);
/// adjtimex(2): 1 when something keeps the clock right, 0 when nothing does, -1 when the kernel does not tell.
int clinux_is_clock_synchronised(void);

#endif
