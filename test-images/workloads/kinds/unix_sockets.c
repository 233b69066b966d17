// Unix sockets of all types, with messages and descriptors on their way.
#include "kinds.h"

#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>

static struct flow flow;
static int pair[2];
static int listening;
static struct sockaddr_un address = {.sun_family = AF_UNIX};
static socklen_t address_bytes;

static void pair_set_up(int type) {
    must(socketpair(AF_UNIX, type, 0, pair), "socketpair");
    flow_open(&flow, pair[0], pair[1]);
}

static void stream_set_up(void) { pair_set_up(SOCK_STREAM); }
static void datagram_set_up(void) { pair_set_up(SOCK_DGRAM); }
static void packet_set_up(void) { pair_set_up(SOCK_SEQPACKET); }
static void flow_verify(void) { flow_step(&flow); }

static int connected(void) {
    int calling = (int)must(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
    must(connect(calling, (struct sockaddr *)&address, address_bytes), "connect");
    return calling;
}

// A server, one client that it has accepted, and another one that it has not.
static void server_set_up(void) {
    listening = (int)must(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
    must(bind(listening, (struct sockaddr *)&address, address_bytes), "bind");
    must(listen(listening, 8), "listen");
    int calling = connected();
    flow_open(&flow, (int)must(accept(listening, NULL, NULL), "accept"), calling);
}

static void server_verify(void) {
    flow_step(&flow);
    int calling = connected();
    close((int)must(accept(listening, NULL, NULL), "accept"));
    close(calling);
}

static void named_set_up(void) {
    strcpy(address.sun_path, "/tmp/unix-named/socket");
    address_bytes = sizeof address;
    server_set_up();
}

static void abstract_set_up(void) {
    memcpy(address.sun_path, "\0kinds", 6);
    address_bytes = offsetof(struct sockaddr_un, sun_path) + 6;
    server_set_up();
}

// A datagram socket with a name, and one that is connected to it.
static void datagram_named_set_up(void) {
    strcpy(address.sun_path, "/tmp/unix-dgram-named/socket");
    int in = (int)must(socket(AF_UNIX, SOCK_DGRAM, 0), "socket");
    int out = (int)must(socket(AF_UNIX, SOCK_DGRAM, 0), "socket");
    must(bind(in, (struct sockaddr *)&address, sizeof address), "bind");
    must(connect(out, (struct sockaddr *)&address, sizeof address), "connect");
    flow_open(&flow, in, out);
}

// One direction is shut: the other end reads what is there, and then the end.
static void shut_set_up(void) {
    must(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
    must(shutdown(pair[1], SHUT_WR), "shutdown");
    flow_open(&flow, pair[1], pair[0]);
}

static void shut_verify(void) {
    char byte;
    flow_step(&flow);
    same(recv(pair[0], &byte, 1, MSG_DONTWAIT), 0, "bytes at the end");
}

// A message that carries the reading end of a pipe.
static void rights_send(void) {
    int ends[2];
    char space[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec content = {.iov_base = "d", .iov_len = 1};
    struct msghdr message = {.msg_iov = &content, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
    struct cmsghdr *control = CMSG_FIRSTHDR(&message);
    must(pipe(ends), "pipe");
    must(write(ends[1], "carried", 7), "write");
    control->cmsg_level = SOL_SOCKET;
    control->cmsg_type = SCM_RIGHTS;
    control->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(control), &ends[0], sizeof(int));
    must(sendmsg(pair[1], &message, 0), "sendmsg");
    close(ends[0]);
    close(ends[1]);
}

static void rights_set_up(void) {
    must(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), "socketpair");
    rights_send();
}

static void rights_verify(void) {
    int carried;
    char byte, words[8];
    char space[CMSG_SPACE(sizeof(int))];
    struct iovec content = {.iov_base = &byte, .iov_len = 1};
    struct msghdr message = {.msg_iov = &content, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
    must(recvmsg(pair[0], &message, MSG_DONTWAIT), "recvmsg");
    struct cmsghdr *control = CMSG_FIRSTHDR(&message);
    hold(control != NULL && control->cmsg_type == SCM_RIGHTS, "the message carries a descriptor");
    memcpy(&carried, CMSG_DATA(control), sizeof carried);
    same(must(read(carried, words, sizeof words), "read from what was carried"), 7, "bytes in what was carried");
    close(carried);
    rights_send();
}

const struct kind unix_kinds[] = {
    {"unix-stream", stream_set_up, flow_verify},
    {"unix-dgram", datagram_set_up, flow_verify},
    {"unix-seqpacket", packet_set_up, flow_verify},
    {"unix-named", named_set_up, server_verify},
    {"unix-abstract", abstract_set_up, server_verify},
    {"unix-dgram-named", datagram_named_set_up, flow_verify},
    {"unix-half-closed", shut_set_up, shut_verify},
    {"unix-rights", rights_set_up, rights_verify},
    {0},
};
