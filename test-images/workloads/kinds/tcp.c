// TCP over both protocols of the Internet: servers, connections with data on the way, and half-closed ones.
#include "kinds.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

enum { PORT = 7100 };

static struct flow there, back;
static int listening, calling, called;
static struct sockaddr_storage address;
static socklen_t address_bytes;

static int new_socket(void) { return (int)must(socket(address.ss_family, SOCK_STREAM, 0), "socket"); }

static int connected(void) {
    int made = new_socket();
    must(connect(made, (struct sockaddr *)&address, address_bytes), "connect");
    return made;
}

static void serve(void) {
    listening = new_socket();
    must(bind(listening, (struct sockaddr *)&address, address_bytes), "bind");
    must(listen(listening, 8), "listen");
    calling = connected();
    called = (int)must(accept(listening, NULL, NULL), "accept");
}

static void over_4(in_port_t port) {
    struct sockaddr_in *in = (struct sockaddr_in *)&address;
    *in = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address_bytes = sizeof *in;
}

static void over_6(in_port_t port) {
    struct sockaddr_in6 *in = (struct sockaddr_in6 *)&address;
    *in = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_addr = in6addr_loopback};
    address_bytes = sizeof *in;
}

static void open_both(void) {
    int on = 1;
    serve();
    must(setsockopt(calling, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "TCP_NODELAY");
    must(setsockopt(called, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on), "SO_KEEPALIVE");
    flow_open(&there, called, calling);
    flow_open(&back, calling, called);
}

static void tcp4_set_up(void) {
    over_4(PORT);
    open_both();
}

static void tcp6_set_up(void) {
    over_6(PORT);
    open_both();
}

static int option(int socket, int level, int name) {
    int value;
    socklen_t bytes = sizeof value;
    must(getsockopt(socket, level, name, &value, &bytes), "getsockopt");
    return value;
}

static void both_verify(void) {
    flow_step(&there);
    flow_step(&back);
    same(option(calling, IPPROTO_TCP, TCP_NODELAY), 1, "TCP_NODELAY");
    same(option(called, SOL_SOCKET, SO_KEEPALIVE), 1, "SO_KEEPALIVE");
    int another = connected();
    close((int)must(accept(listening, NULL, NULL), "accept"));
    close(another);
}

// The client has said all: the server reads the end, and still answers.
static void half_set_up(void) {
    over_4(PORT + 1);
    serve();
    must(shutdown(calling, SHUT_WR), "shutdown");
    flow_open(&back, calling, called);
}

static void half_verify(void) {
    char byte;
    flow_step(&back);
    same(must(read(called, &byte, 1), "read the end"), 0, "bytes at the end");
}

const struct kind tcp_kinds[] = {
    {"tcp4", tcp4_set_up, both_verify},
    {"tcp6", tcp6_set_up, both_verify},
    {"tcp-half-closed", half_set_up, half_verify},
    {0},
};
