#define _GNU_SOURCE
#include "BarePump.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { pipe_bytes = 1 << 20, header_bytes = 312, record_bytes = 128 << 10 };

static int make_tcp(int ends[2]) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ends[0] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 1) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0 ||
        connect(ends[0], (struct sockaddr *)&address, size) != 0) {
        return -1;
    }
    ends[1] = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    close(listener);
    return ends[1] < 0 ? -1 : 0;
}

int bare_connection(int kind, pid_t *reader) {
    static char buffer[1 << 20];
    int ends[2];
    if ((kind == bare_tcp ? make_tcp(ends) : socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) != 0) return -1;
    *reader = fork();
    if (*reader == 0) {
        // Other connections of this process would not end while this one holds them.
        for (int descriptor = 3; descriptor < 1024; descriptor++) {
            if (descriptor != ends[1]) close(descriptor);
        }
        while (read(ends[1], buffer, sizeof buffer) > 0) continue;
        _exit(0);
    }
    close(ends[1]);
    return *reader < 0 ? -1 : ends[0];
}

int bare_wait(pid_t reader) {
    int status;
    while (waitpid(reader, &status, 0) == -1) {
        if (errno != EINTR) return -1;
    }
    return status == 0 ? 0 : -1;
}

long long bare_pump(char *const arguments[], int output) {
    static char *const environment[] = {NULL};
    int ends[2], status = -1;
    pid_t pid;
    long long moved = 0;
    posix_spawn_file_actions_t actions;
    if (pipe2(ends, O_CLOEXEC) != 0 || fcntl(ends[1], F_SETPIPE_SZ, pipe_bytes) == -1) return -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    int result = posix_spawn(&pid, arguments[0], &actions, NULL, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (result == 0) {
        ssize_t count;
        while ((count = splice(ends[0], NULL, output, NULL, pipe_bytes, SPLICE_F_MOVE)) > 0) moved += count;
        waitpid(pid, &status, 0);
    }
    close(ends[0]);
    return status == 0 ? moved : -1;
}

static int write_all(const char *bytes, long long count) {
    while (count > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, (size_t)count);
        if (written < 0) return -1;
        bytes += written;
        count -= written;
    }
    return 0;
}

int bare_produce(long long bytes) {
    static char record[record_bytes];
    while (bytes > 0) {
        long long header = bytes < header_bytes ? bytes : header_bytes;
        long long rest = bytes - header < record_bytes ? bytes - header : record_bytes;
        if (write_all(record, header) != 0 || write_all(record, rest) != 0) return -1;
        bytes -= header + rest;
    }
    return 0;
}

double bare_processor_time(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}
