#include "sync.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "../common/wire.h"

enum { MESSAGE_BYTES = 12 };

static void compose(unsigned char bytes[MESSAGE_BYTES], enum sync_message type, uint32_t a, uint32_t b)
{
    struct wire_writer writer = {.start = bytes, .used = 0, .capacity = MESSAGE_BYTES, .full = false};
    wire_put_u32(&writer, type);
    wire_put_u32(&writer, a);
    wire_put_u32(&writer, b);
}

bool sync_send(int socket, enum sync_message type, uint32_t a, uint32_t b)
{
    unsigned char bytes[MESSAGE_BYTES];
    compose(bytes, type, a, b);
    ssize_t n;
    do
        n = send(socket, bytes, sizeof(bytes), MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n == MESSAGE_BYTES;
}

bool sync_send_descriptor(int socket, enum sync_message type, int descriptor)
{
    unsigned char bytes[MESSAGE_BYTES];
    union {
        char space[CMSG_SPACE(sizeof(int))];
        struct cmsghdr aligned;
    } control;
    struct iovec vector = {.iov_base = bytes, .iov_len = sizeof(bytes)};
    struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1};
    compose(bytes, type, 0, 0);
    memset(&control, 0, sizeof(control));
    message.msg_control = control.space;
    message.msg_controllen = sizeof(control.space);
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &descriptor, sizeof(int));
    ssize_t n;
    do
        n = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n == MESSAGE_BYTES;
}

bool sync_await_proceed(int socket)
{
    unsigned char bytes[MESSAGE_BYTES];
    ssize_t n;
    do
        n = recv(socket, bytes, sizeof(bytes), 0);
    while (n < 0 && errno == EINTR);
    struct wire_reader reader = {.at = bytes, .end = bytes + sizeof(bytes), .bad = false};
    return n == MESSAGE_BYTES && wire_u32(&reader) == SYNC_PROCEED;
}

void sync_await_end(int socket)
{
    unsigned char bytes[MESSAGE_BYTES];
    ssize_t n;
    do
        n = recv(socket, bytes, sizeof(bytes), 0);
    while (n > 0 || (n < 0 && errno == EINTR)); /* ends with the runtime at the latest */
}
