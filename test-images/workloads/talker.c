// talker LOG ADDRESS…: listens at port 7000 of each address and of the loopback, and sends back whatever comes; a datagram at port 7000 of
// the first address too. It talks to itself over one connection, and LOG begins with how often it was answered. Then each connection that
// has ended has a line: "own" or "foreign", what read(2) came to, and what write(2) came to after that, as numbers of errors.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SOCKETS_MAX = 64, PORT = 7000, COUNT_BYTES = 11, TICK_MILLIS = 10 };

static struct pollfd polled[SOCKETS_MAX];
static int used;
static int listening;
enum { NOT_YET = -1, NO_MORE = -2 };
static int own = NOT_YET; // the end that begins
static int other = NOT_YET;
static unsigned long answers;

// A socket for it, and its size. A text with a colon is of version 6.
static int endpoint(const char *address, int type, struct sockaddr_storage *at, socklen_t *size) {
    memset(at, 0, sizeof(*at));
    if (strchr(address, ':') != NULL) {
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)at;
        *six = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons(PORT)};
        *size = sizeof(*six);
        if (inet_pton(AF_INET6, address, &six->sin6_addr) != 1)
            return -1;
    } else {
        struct sockaddr_in *four = (struct sockaddr_in *)at;
        *four = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(PORT)};
        *size = sizeof(*four);
        if (inet_pton(AF_INET, address, &four->sin_addr) != 1)
            return -1;
    }
    return socket(at->ss_family, type | SOCK_CLOEXEC, 0);
}

static int add(int fd) {
    if (fd < 0 || used == SOCKETS_MAX)
        return -1;
    polled[used++] = (struct pollfd){.fd = fd, .events = POLLIN};
    return fd;
}

static int bound(const char *address, int type) {
    struct sockaddr_storage at;
    socklen_t size;
    int on = 1;
    int fd = endpoint(address, type, &at, &size);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0 || bind(fd, (struct sockaddr *)&at, size) != 0)
        return -1;
    if (type == SOCK_STREAM && listen(fd, SOCKETS_MAX) != 0)
        return -1;
    return add(fd);
}

static int connect_to_itself(void) {
    struct sockaddr_storage at;
    socklen_t size;
    own = endpoint("127.0.0.1", SOCK_STREAM, &at, &size);
    if (own < 0 || connect(own, (struct sockaddr *)&at, size) != 0)
        return -1;
    return add(own);
}

static void note(int log) {
    char text[COUNT_BYTES + 1];
    snprintf(text, sizeof(text), "%010lu\n", answers);
    if (pwrite(log, text, COUNT_BYTES, 0) != COUNT_BYTES)
        _exit(1);
}

static void ended(int log, int index, int reason) {
    int fd = polled[index].fd;
    int written = write(fd, "x", 1) < 0 ? errno : 0;
    lseek(log, 0, SEEK_END);
    dprintf(log, "%s %d %d\n", fd == own || fd == other ? "own" : "foreign", reason, written);
    own = fd == own ? NO_MORE : own; // another connection may get the number
    other = fd == other ? NO_MORE : other;
    close(fd);
    polled[index] = polled[--used];
}

// What can't be written any more is seen when it is read.
static void say(int fd, const char *bytes, size_t length) {
    if (write(fd, bytes, length) != (ssize_t)length)
        return;
}

static void answer(int log, int index) {
    char bytes[512];
    int fd = polled[index].fd;
    ssize_t length = read(fd, bytes, sizeof(bytes));
    if (length <= 0) {
        ended(log, index, length < 0 ? errno : 0);
    } else if (fd == own) {
        answers++;
        note(log);
    } else {
        say(fd, bytes, (size_t)length);
    }
}

static void answer_datagram(int fd) {
    char bytes[512];
    struct sockaddr_storage from;
    socklen_t size = sizeof(from);
    ssize_t length = recvfrom(fd, bytes, sizeof(bytes), 0, (struct sockaddr *)&from, &size);
    if (length > 0)
        sendto(fd, bytes, (size_t)length, 0, (struct sockaddr *)&from, size);
}

static int take(int listener) {
    int fd = add(accept(listener, NULL, NULL));
    if (other == NOT_YET)
        other = fd;
    return fd;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: talker LOG ADDRESS...\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    int log = open(argv[1], O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0644);
    int datagrams = bound(argv[2], SOCK_DGRAM);
    if (log < 0 || datagrams < 0 || bound("127.0.0.1", SOCK_STREAM) < 0)
        return 1;
    for (int i = 2; i < argc; i++)
        if (bound(argv[i], SOCK_STREAM) < 0)
            return 1;
    listening = used;
    if (connect_to_itself() < 0)
        return 1;
    note(log);
    for (;;) {
        int ready = poll(polled, (nfds_t)used, TICK_MILLIS);
        if (ready == 0 && polled[listening].fd == own)
            say(own, "x", 1);
        for (int i = used - 1; i >= 0 && ready > 0; i--) {
            if (polled[i].revents == 0)
                continue;
            if (polled[i].fd == datagrams)
                answer_datagram(datagrams);
            else if (i < listening)
                take(polled[i].fd);
            else
                answer(log, i);
        }
    }
}
