// A client of streams that costs next to nothing: what it measures is the server.
//   stream-peer fetch ADDRESS JSON               by the header protocol; what comes is dropped
//   stream-peer fetch-framed ADDRESS TOKEN       by the token protocol
//   stream-peer bring ADDRESS JSON FILE          by the header protocol, from a file
//   stream-peer fetch-http ADDRESS PATH          by HTTP
//   stream-peer bring-http ADDRESS PATH FILE     by HTTP, with Content-Length
// ADDRESS is a port of 127.0.0.1 or the path of a Unix socket. Prints the bytes of the stream.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <endian.h>
#include <err.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { header_reply = 8192, piece = 256 << 10 };
static char buffer[piece];

static int connected(const char *place) {
  union { struct sockaddr any; struct sockaddr_in tcp; struct sockaddr_un local; } address = {0};
  socklen_t length = sizeof address.tcp;
  if (place[0] == '/') {
    address.local.sun_family = AF_UNIX;
    strncpy(address.local.sun_path, place, sizeof address.local.sun_path - 1);
    length = sizeof address.local;
  } else {
    address.tcp.sin_family = AF_INET;
    address.tcp.sin_port = htons(atoi(place));
    address.tcp.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  }
  int peer = socket(address.any.sa_family, SOCK_STREAM, 0);
  if (peer < 0 || connect(peer, &address.any, length) != 0) err(1, "%s", place);
  return peer;
}

static void say(int peer, const void *bytes, size_t count) {
  if (write(peer, bytes, count) != (ssize_t)count) err(1, "write");
}

static void hear(int peer, void *bytes, size_t count) {
  for (size_t done = 0; done < count;) {
    ssize_t got = read(peer, (char *)bytes + done, count - done);
    if (got <= 0) errx(1, "the connection ended early");
    done += got;
  }
}

static uint64_t drop(int peer, uint64_t most) {
  uint64_t dropped = 0;
  while (dropped < most) {
    size_t room = most - dropped < piece ? most - dropped : piece;
    ssize_t got = read(peer, buffer, room);
    if (got < 0) err(1, "read");
    if (got == 0) break;
    dropped += got;
  }
  return dropped;
}

static int opened(const char *place, uint32_t operation, const char *json) {
  int peer = connected(place);
  uint32_t head[2] = {htonl(operation), htonl(strlen(json))};
  say(peer, head, sizeof head);
  say(peer, json, strlen(json));
  hear(peer, buffer, header_reply);
  if (!memmem(buffer, header_reply, "\"started\"", 9)) errx(1, "%.300s", buffer);
  return peer;
}

static uint64_t framed(const char *place, const char *token) {
  int peer = connected(place);
  uint32_t length = htonl(strlen(token));
  say(peer, &length, sizeof length);
  say(peer, token, strlen(token));
  hear(peer, &length, sizeof length);
  if (ntohl(length) >= piece) errx(1, "the answer is too long");
  hear(peer, buffer, ntohl(length));
  buffer[ntohl(length)] = 0;
  if (!strstr(buffer, "\"started\"")) errx(1, "%s", buffer);
  for (uint64_t total = 0, chunk;; total += chunk) {
    hear(peer, &chunk, sizeof chunk);
    chunk = be64toh(chunk);
    if (chunk == 0) return total;
    if (chunk > 16 << 20 || drop(peer, chunk) != chunk) errx(1, "the stream is not whole");
  }
}

static void deliver(int peer, int file, off_t size) {
  for (off_t offset = 0; offset < size;)
    if (sendfile(peer, file, &offset, 1 << 30) <= 0) err(1, "sendfile");
}

static int contents(const char *path, off_t *size) {
  int file = open(path, O_RDONLY);
  struct stat facts;
  if (file < 0 || fstat(file, &facts) != 0) err(1, "%s", path);
  *size = facts.st_size;
  return file;
}

static uint64_t brought(const char *place, const char *json, const char *path) {
  off_t size;
  int peer = opened(place, 2, json), file = contents(path, &size);
  deliver(peer, file, size);
  shutdown(peer, SHUT_WR);
  uint64_t count = drop(peer, piece);
  if (!memmem(buffer, count, "\"completed\"", 11)) errx(1, "%.*s", (int)count, buffer);
  return size;
}

// Reads a line with its end, byte by byte: what follows must stay.
static char *line(int peer) {
  size_t length = 0;
  do hear(peer, buffer + length++, 1);
  while (buffer[length - 1] != '\n' && length < sizeof buffer - 1);
  buffer[length] = 0;
  return buffer;
}

static void check_head(int peer) {
  if (strncmp(line(peer), "HTTP/1.1 200 ", 13)) errx(1, "%s", buffer);
  while (strcmp(line(peer), "\r\n"));
}

static uint64_t fetched_by_http(const char *place, const char *path) {
  int peer = connected(place);
  dprintf(peer, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path);
  check_head(peer);
  for (uint64_t total = 0, chunk;; total += chunk) {
    chunk = strtoull(line(peer), NULL, 16);
    if (drop(peer, chunk) != chunk) errx(1, "the stream is not whole");
    if (strcmp(line(peer), "\r\n")) errx(1, "no chunk ends here");
    if (chunk == 0) return total;
  }
}

static uint64_t brought_by_http(const char *place, const char *path, const char *from) {
  off_t size;
  int peer = connected(place), file = contents(from, &size);
  dprintf(peer, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %lld\r\n\r\n", path, (long long)size);
  deliver(peer, file, size);
  check_head(peer);
  return size;
}

int main(int count, char **words) {
  uint64_t bytes;
  if (count == 4 && !strcmp(words[1], "fetch")) bytes = drop(opened(words[2], 1, words[3]), UINT64_MAX);
  else if (count == 4 && !strcmp(words[1], "fetch-framed")) bytes = framed(words[2], words[3]);
  else if (count == 5 && !strcmp(words[1], "bring")) bytes = brought(words[2], words[3], words[4]);
  else if (count == 4 && !strcmp(words[1], "fetch-http")) bytes = fetched_by_http(words[2], words[3]);
  else if (count == 5 && !strcmp(words[1], "bring-http")) bytes = brought_by_http(words[2], words[3], words[4]);
  else errx(64, "fetch ADDRESS JSON | fetch-framed ADDRESS TOKEN | bring ADDRESS JSON FILE | fetch-http ADDRESS PATH | "
                "bring-http ADDRESS PATH FILE");
  printf("%llu\n", (unsigned long long)bytes);
}
