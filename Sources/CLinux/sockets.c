#define _GNU_SOURCE
#include "CLinux.h"

#include <stddef.h>
#include <sys/epoll.h>
#include <sys/socket.h>

int clinux_epoll_watch_once(int epoll, int descriptor, int interest, uint64_t key) {
    uint32_t events = interest == 1 ? EPOLLIN | EPOLLRDHUP : interest == 2 ? EPOLLOUT : 0;
    struct epoll_event event = {.events = events | EPOLLONESHOT, .data = {.u64 = key}};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

void clinux_epoll_forget(int epoll, int descriptor) {
    epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL);
}

int clinux_epoll_wait_any(int epoll, uint64_t *keys, int capacity, int milliseconds) {
    struct epoll_event events[64];
    if (capacity > 64) capacity = 64;
    int count = epoll_wait(epoll, events, capacity, milliseconds);
    for (int index = 0; index < count; index++) keys[index] = events[index].data.u64;
    return count;
}

int clinux_reset_on_close(int descriptor) {
    struct linger none = {.l_onoff = 1, .l_linger = 0};
    return setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &none, sizeof none);
}
