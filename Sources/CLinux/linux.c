#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <malloc.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

int clinux_pipe_cloexec(int descriptors[2]) {
    return pipe2(descriptors, O_CLOEXEC);
}

static int set_descriptor(posix_spawn_file_actions_t *actions, int from, int to) {
    if (from >= 0) return posix_spawn_file_actions_adddup2(actions, from, to);
    return posix_spawn_file_actions_addopen(actions, to, "/dev/null", to == 0 ? O_RDONLY : O_WRONLY, 0);
}

int clinux_spawn(
    pid_t *pid, const char *path, char *const arguments[], char *const environment[], int input, int output, int error) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t every, none;
    sigfillset(&every);
    sigemptyset(&none);
    int result = posix_spawn_file_actions_init(&actions);
    if (result != 0) return result;
    result = posix_spawnattr_init(&attributes);
    if (result == 0) {
        if ((result = set_descriptor(&actions, input, 0)) == 0 && (result = set_descriptor(&actions, output, 1)) == 0 &&
            (result = set_descriptor(&actions, error, 2)) == 0 &&
            (result = posix_spawn_file_actions_addclosefrom_np(&actions, 3)) == 0 &&
            (result = posix_spawnattr_setsigdefault(&attributes, &every)) == 0 &&
            (result = posix_spawnattr_setsigmask(&attributes, &none)) == 0 &&
            (result = posix_spawnattr_setpgroup(&attributes, 0)) == 0 &&
            (result = posix_spawnattr_setflags(
                 &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)) == 0) {
            result = posix_spawn(pid, path, &actions, &attributes, arguments, environment);
        }
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return result;
}

int clinux_pidfd_open(pid_t pid) {
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

int clinux_wait(pid_t pid, int reap, int *code, int *status) {
    siginfo_t info = {0};
    int result;
    do {
        result = waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | (reap ? 0 : WNOWAIT));
    } while (result == -1 && errno == EINTR);
    if (result == -1) return -1;
    if (info.si_pid == 0) return 0;
    *code = info.si_code == CLD_EXITED ? 0 : 1;
    *status = info.si_status;
    return 1;
}

int clinux_epoll_create(void) {
    return epoll_create1(EPOLL_CLOEXEC);
}

int clinux_epoll_add_edge(int epoll, int descriptor, uint64_t key) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data = {.u64 = key}};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

int clinux_epoll_wait(int epoll, uint64_t *keys, int capacity, int milliseconds) {
    struct epoll_event events[64];
    if (capacity > 64) capacity = 64;
    int count = epoll_wait(epoll, events, capacity, milliseconds);
    int readable = 0;
    for (int index = 0; index < count; index++) {
        if (events[index].events & EPOLLIN) keys[readable++] = events[index].data.u64;
    }
    return readable;
}

int clinux_epoll_remove(int epoll, int descriptor) {
    return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL);
}

int clinux_eventfd(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

int clinux_set_pipe_size(int descriptor, int bytes) {
    return fcntl(descriptor, F_SETPIPE_SZ, bytes) == -1 ? -1 : 0;
}

int clinux_pipe_size(int descriptor) {
    return fcntl(descriptor, F_GETPIPE_SZ);
}

int clinux_available(int descriptor) {
    int bytes = 0;
    return ioctl(descriptor, FIONREAD, &bytes) == -1 ? 0 : bytes;
}

ssize_t clinux_splice(int input, int output, size_t count, int more) {
    unsigned flags = SPLICE_F_MOVE | SPLICE_F_NONBLOCK | (more ? SPLICE_F_MORE : 0);
    ssize_t moved;
    do {
        moved = splice(input, NULL, output, NULL, count, flags);
    } while (moved == -1 && errno == EINTR);
    return moved;
}

ssize_t clinux_tee(int input, int output, size_t count) {
    ssize_t copied;
    do copied = tee(input, output, count, SPLICE_F_NONBLOCK);
    while (copied == -1 && errno == EINTR);
    return copied;
}

ssize_t clinux_send(int descriptor, const void *bytes, size_t count, int more) {
    ssize_t sent;
    do {
        sent = send(descriptor, bytes, count, MSG_NOSIGNAL | (more ? MSG_MORE : 0));
        if (sent == -1 && errno == ENOTSOCK) sent = write(descriptor, bytes, count);
    } while (sent == -1 && errno == EINTR);
    return sent;
}

int clinux_poll(int descriptor, int writing, int watched, int wakeup, int milliseconds) {
    struct pollfd polls[] = {
        {.fd = descriptor, .events = writing ? POLLOUT : POLLIN},
        {.fd = watched},
        {.fd = wakeup, .events = POLLIN},
    };
    if (poll(polls, 3, milliseconds) <= 0) return 0;
    return (polls[0].revents ? clinux_poll_ready : 0) | (polls[1].revents ? clinux_poll_broken : 0) |
           (polls[2].revents ? clinux_poll_woken : 0);
}

void clinux_block_sigpipe(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

void clinux_prefer_throughput(void) {
    struct sched_param none = {0};
    // Where it is not allowed, it is not needed.
    sched_setscheduler(0, SCHED_BATCH, &none);
}

int clinux_open_unnamed(const char *folder) {
    int descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor != -1 || (errno != EOPNOTSUPP && errno != EISDIR)) return descriptor;
    // Some file systems, overlayfs before Linux 6.3 among them, have no O_TMPFILE.
    char path[4096];
    if (snprintf(path, sizeof path, "%s/.zfs-apid-XXXXXX", folder) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    descriptor = mkostemp(path, O_CLOEXEC);
    if (descriptor != -1) unlink(path);
    return descriptor;
}

int clinux_duplicate_cloexec(int descriptor) {
    return fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
}

int clinux_set_nonblocking(int descriptor) {
    return fcntl(descriptor, F_SETFL, O_NONBLOCK);
}

int clinux_peer_credentials(int descriptor, pid_t *pid, uid_t *uid, gid_t *gid) {
    int domain = 0;
    socklen_t size = sizeof domain;
    if (getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size) == -1) return -1;
    if (domain != AF_UNIX) {
        errno = ENOTSUP;
        return -1;
    }
    struct ucred credentials;
    size = sizeof credentials;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == -1) return -1;
    *pid = credentials.pid;
    *uid = credentials.uid;
    *gid = credentials.gid;
    return 0;
}

static int set_number(int descriptor, int level, int option, int value) {
    return setsockopt(descriptor, level, option, &value, sizeof value);
}

int clinux_set_tcp_options(int descriptor) {
    if (set_number(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1) == -1) return -1;
    if (set_number(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, 30) == -1) return -1;
    if (set_number(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, 10) == -1) return -1;
    if (set_number(descriptor, IPPROTO_TCP, TCP_KEEPCNT, 3) == -1) return -1;
    if (clinux_limit_unanswered(descriptor, 1) == -1) return -1;
    return set_number(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
}

int clinux_limit_unanswered(int descriptor, int limited) {
    return set_number(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, limited ? 60000 : 0);
}

int clinux_peer_is_silent(int descriptor) {
    struct tcp_info info;
    socklen_t size = sizeof info;
    if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == -1) return 0;
    // One probe may be on its way.
    return (info.tcpi_unacked > 0 || info.tcpi_probes > 2) && info.tcpi_last_ack_recv > 60000;
}

int clinux_send_datagram(const char *name, const void *bytes, size_t count) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(name);
    if (length == 0 || length >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(address.sun_path, name, length);
    // The NUL at the end belongs to the name of a file; that of an abstract socket has one in front instead.
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + 1);
    if (name[0] == '@') {
        address.sun_path[0] = 0;
        size--;
    }
    int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor == -1) return -1;
    struct timeval second = {.tv_sec = 1};
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &second, sizeof second);
    ssize_t sent;
    do {
        sent = sendto(descriptor, bytes, count, MSG_NOSIGNAL, (struct sockaddr *)&address, size);
    } while (sent == -1 && errno == EINTR);
    int error = errno;
    close(descriptor);
    errno = error;
    return sent == (ssize_t)count ? 0 : -1;
}

int clinux_protect_memory(void) {
    struct rlimit none = {0, 0};
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == -1) return -1;
    return setrlimit(RLIMIT_CORE, &none);
}

int clinux_raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == -1) return -1;
    limit.rlim_cur = limit.rlim_max;
    return setrlimit(RLIMIT_NOFILE, &limit);
}

int clinux_yield_to_all(void) {
    // On Linux that of process 0 is the calling thread's own.
    return sched_setscheduler(0, SCHED_IDLE, &(struct sched_param){0});
}

void clinux_return_memory(void) {
    malloc_trim(0);
}

static int open_beneath(int root, const char *path, uint64_t flags) {
    struct open_how how = {
        .flags = flags | O_CLOEXEC, .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
    return (int)syscall(SYS_openat2, root, path, &how, sizeof how);
}

int clinux_open_root(const char *path) {
    return open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

int clinux_look_beneath(int root, const char *path) {
    return open_beneath(root, path, O_PATH | O_NOFOLLOW);
}

int clinux_open_file_beneath(int root, const char *path) {
    return open_beneath(root, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
}

int clinux_open_folder_beneath(int root, const char *path) {
    return open_beneath(root, path, O_RDONLY | O_DIRECTORY);
}

int clinux_set_blocking(int descriptor) {
    return fcntl(descriptor, F_SETFL, 0);
}

int clinux_rename_new(int folder, const char *from, const char *to) {
    if (renameat2(folder, from, folder, to, RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return -1;
    if (linkat(folder, from, folder, to, 0) == -1) return -1;
    return unlinkat(folder, from, 0);
}

int clinux_is_clock_synchronised(void) {
    struct timex state = {.modes = 0};
    int clock = adjtimex(&state);
    return clock == -1 ? -1 : clock != TIME_ERROR;
}
