// UDP over both protocols of the Internet. Datagrams on their way are lost at a checkpoint, as on any network: none is left.
#include "kinds.h"

#include <netinet/in.h>
#include <sys/socket.h>

enum { PORT = 7200, DEADLINE_S = 2 };

static int bound, connected_one;

static void open_pair(const struct sockaddr *address, socklen_t bytes) {
    int on = 1;
    struct timeval deadline = {.tv_sec = DEADLINE_S};
    bound = (int)must(socket(address->sa_family, SOCK_DGRAM, 0), "socket");
    connected_one = (int)must(socket(address->sa_family, SOCK_DGRAM, 0), "socket");
    must(setsockopt(bound, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "SO_REUSEADDR");
    must(setsockopt(bound, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof deadline), "SO_RCVTIMEO");
    must(bind(bound, address, bytes), "bind");
    must(connect(connected_one, address, bytes), "connect");
}

static void udp4_set_up(void) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    open_pair((struct sockaddr *)&address, sizeof address);
}

static void udp6_set_up(void) {
    struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_port = htons(PORT), .sin6_addr = in6addr_loopback};
    open_pair((struct sockaddr *)&address, sizeof address);
}

static void udp_verify(void) {
    char message[8];
    struct sockaddr_storage sender, own;
    socklen_t sender_bytes = sizeof sender, own_bytes = sizeof own;
    struct timeval deadline;
    socklen_t bytes = sizeof deadline;
    must(getsockopt(bound, SOL_SOCKET, SO_RCVTIMEO, &deadline, &bytes), "SO_RCVTIMEO");
    same(deadline.tv_sec, DEADLINE_S, "seconds of SO_RCVTIMEO");
    must(send(connected_one, "hello", 5, 0), "send");
    same(must(recvfrom(bound, message, sizeof message, 0, (struct sockaddr *)&sender, &sender_bytes), "receive"), 5,
         "bytes received");
    must(getsockname(connected_one, (struct sockaddr *)&own, &own_bytes), "getsockname");
    same(((struct sockaddr_in *)&sender)->sin_port, ((struct sockaddr_in *)&own)->sin_port, "port of the sender");
}

const struct kind udp_kinds[] = {
    {"udp4", udp4_set_up, udp_verify},
    {"udp6", udp6_set_up, udp_verify},
    {0},
};
