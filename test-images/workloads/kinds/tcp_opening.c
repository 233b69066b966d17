// A TCP connection that is half open: the caller has asked for it and hears no answer (SYN_SENT), and the listener, which has
// answered, waits for the last word (SYN_RECV). After a while the caller listens, and the connection comes about.
#include "kinds.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>

// The kernel asks again a second after the first time: until then the caller is deaf, and then it soon hears an answer.
enum { PORT = 7110, DEAF_TICKS = 600 / TICK_MS, TICKS_MAX = 30000 / TICK_MS, LINE_BYTES = 256 };

static const struct sockaddr_in address = {
    .sin_family = AF_INET, .sin_port = __builtin_bswap16(PORT), .sin_addr.s_addr = __builtin_bswap32(INADDR_LOOPBACK)};
static int calling, ticks;

static void echo_for_ever(int listening) {
    char byte;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) {
        int called = (int)must(accept(listening, NULL, NULL), "accept");
        if (read(called, &byte, 1) == 1)
            must(write(called, &byte, 1), "answer");
        close(called);
    }
}

// What comes over less than so many hops is dropped: no packet has more than 255 before it, and one on loopback 64.
static void listen_to(int least_hops) {
    must(setsockopt(calling, IPPROTO_IP, IP_MINTTL, &least_hops, sizeof least_hops), "IP_MINTTL");
}

// CRIU does not know of it: whoever is restored hears.
static int deaf(void) {
    int least_hops;
    socklen_t bytes = sizeof least_hops;
    must(getsockopt(calling, IPPROTO_IP, IP_MINTTL, &least_hops, &bytes), "IP_MINTTL");
    return least_hops != 0;
}

static void call(void) {
    calling = (int)must(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), "socket");
    listen_to(UINT8_MAX);
    same(connect(calling, (const struct sockaddr *)&address, sizeof address), -1, "result of connect");
    same(errno, EINPROGRESS, "error of connect");
    ticks = 0;
}

static int state(void) {
    struct tcp_info info;
    socklen_t bytes = sizeof info;
    must(getsockopt(calling, IPPROTO_TCP, TCP_INFO, &info, &bytes), "TCP_INFO");
    return info.tcpi_state;
}

// As proc_net_tcp of the kernel's documentation has it.
static int listener_waits(void) {
    char line[LINE_BYTES];
    unsigned local, has;
    int found = 0;
    FILE *table = fopen("/proc/net/tcp", "r");
    hold(table != NULL, "/proc/net/tcp can be read");
    while (!found && fgets(line, sizeof line, table) != NULL)
        found = sscanf(line, " %*[^:]: %*x:%x %*x:%*x %x", &local, &has) == 2 && local == PORT && has == TCP_SYN_RECV;
    fclose(table);
    return found;
}

static void half_open_set_up(void) {
    int on = 1, listening = (int)must(socket(AF_INET, SOCK_STREAM, 0), "socket");
    must(setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "SO_REUSEADDR");
    must(bind(listening, (const struct sockaddr *)&address, sizeof address), "bind");
    must(listen(listening, 8), "listen");
    if (must(fork(), "fork") == 0)
        echo_for_ever(listening);
    close(listening);
    call();
    for (int wait = 0; wait < TICKS_MAX && !listener_waits(); wait++)
        usleep(TICK_MS * 1000);
    hold(listener_waits(), "the listener waits (SYN_RECV)");
}

static void converse(void) {
    char byte = 0;
    must(fcntl(calling, F_SETFL, 0), "F_SETFL");
    must(write(calling, "x", 1), "say a byte");
    same(must(read(calling, &byte, 1), "hear a byte"), 1, "bytes heard");
    same(byte, 'x', "the byte");
    close(calling);
}

static void half_open_verify(void) {
    struct pollfd ready = {.fd = calling, .events = POLLIN | POLLOUT};
    int readiness = (int)must(poll(&ready, 1, 0), "poll");
    ticks++;
    if (deaf()) {
        same(state(), TCP_SYN_SENT, "state of the caller");
        same(readiness, 0, "readiness of the caller");
        if (ticks >= DEAF_TICKS)
            listen_to(0);
    } else if (readiness > 0) {
        same(ready.revents, POLLOUT, "events of the caller");
        same(state(), TCP_ESTABLISHED, "state of the caller");
        converse();
        call();
    } else {
        hold(ticks < TICKS_MAX, "the caller gets its connection in time");
    }
}

const struct kind tcp_opening_kinds[] = {
    {"tcp-half-open", half_open_set_up, half_open_verify},
    {0},
};
