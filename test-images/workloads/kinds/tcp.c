// TCP over both protocols of the Internet: servers, connections with data on the way or not sent yet, and half-closed ones.
#include "kinds.h"

#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

enum { PORT = 7100, BUFFER_BYTES = 1 << 17, PIECE_BYTES = 1 << 12, FILLS_MAX = 1 << 12, IDLE_TICKS_MAX = 30000 / TICK_MS };

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

// Who writes more than the other end reads: some of it waits to be sent.
static struct glut {
    int in, out, idle_ticks;
    uint64_t sent, received;
} glut_there, glut_back;

static char byte_at(uint64_t place) { return (char)(place % 251); }

static int unsent(int socket) {
    int bytes;
    must(ioctl(socket, SIOCOUTQNSD, &bytes), "SIOCOUTQNSD");
    return bytes;
}

static void glut_fill(struct glut *glut) {
    char piece[PIECE_BYTES];
    ssize_t bytes = 1;
    for (int fills = 0; fills < FILLS_MAX && (bytes > 0 || unsent(glut->out) == 0); fills++) {
        for (int i = 0; i < PIECE_BYTES; i++)
            piece[i] = byte_at(glut->sent + (uint64_t)i);
        bytes = send(glut->out, piece, sizeof piece, MSG_DONTWAIT);
        if (bytes > 0)
            glut->sent += (uint64_t)bytes;
        else
            same(errno, EAGAIN, "error of send");
    }
    hold(unsent(glut->out) > 0, "bytes wait to be sent");
}

static void glut_read(struct glut *glut) {
    char piece[PIECE_BYTES];
    ssize_t bytes = recv(glut->in, piece, sizeof piece, MSG_DONTWAIT);
    if (bytes < 0) {
        same(errno, EAGAIN, "error of recv");
        hold(glut->idle_ticks++ < IDLE_TICKS_MAX, "bytes come in time");
        return;
    }
    hold(bytes > 0, "the connection goes on");
    glut->idle_ticks = 0;
    for (ssize_t i = 0; i < bytes; i++)
        same(piece[i], byte_at(glut->received++), "byte received");
}

static void size_buffers(int socket) {
    int bytes = BUFFER_BYTES;
    must(setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes), "SO_SNDBUF");
    must(setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes), "SO_RCVBUF");
}

static void unsent_set_up(void) {
    over_4(PORT + 2);
    serve();
    size_buffers(calling);
    size_buffers(called);
    glut_there = (struct glut){.in = called, .out = calling};
    glut_back = (struct glut){.in = calling, .out = called};
    glut_fill(&glut_there);
    glut_fill(&glut_back);
}

static void unsent_verify(void) {
    glut_read(&glut_there);
    glut_read(&glut_back);
    glut_fill(&glut_there);
    glut_fill(&glut_back);
}

const struct kind tcp_kinds[] = {
    {"tcp4", tcp4_set_up, both_verify},
    {"tcp6", tcp6_set_up, both_verify},
    {"tcp-half-closed", half_set_up, half_verify},
    {"tcp-unsent", unsent_set_up, unsent_verify},
    {0},
};
