#include "sync.h"

#include <errno.h>
#include <sys/socket.h>

#include "../common/wire.h"

enum { MESSAGE_BYTES = 12 };

bool sync_send(int socket, enum sync_message type, uint32_t a, uint32_t b)
{
    unsigned char bytes[MESSAGE_BYTES];
    struct wire_writer writer = {.start = bytes, .used = 0, .capacity = sizeof(bytes), .full = false};
    wire_put_u32(&writer, type);
    wire_put_u32(&writer, a);
    wire_put_u32(&writer, b);
    ssize_t n;
    do
        n = send(socket, bytes, sizeof(bytes), MSG_NOSIGNAL);
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
