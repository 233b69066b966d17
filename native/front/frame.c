#include "frame.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static unsigned char received[FRAME_PAYLOAD_MAX];
static unsigned char sent[FRAME_HEADER_BYTES + FRAME_PAYLOAD_MAX];
static struct wire_writer writer;

static size_t take_fds(struct msghdr *message, int *fds)
{
    struct cmsghdr *control = CMSG_FIRSTHDR(message);
    if (control == NULL || control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS)
        return 0;
    size_t count = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    memcpy(fds, CMSG_DATA(control), count * sizeof(int));
    return count;
}

/* Receives up to `bytes`; descriptors, if any come, go into the frame. Returns as recvmsg does. */
static ssize_t receive_some(int socket, void *into, size_t bytes, struct frame *frame)
{
    union {
        struct cmsghdr align;
        char space[CMSG_SPACE(sizeof(int) * FRAME_FDS_MAX)];
    } control;
    struct iovec iov = {.iov_base = into, .iov_len = bytes};
    struct msghdr message = {
        .msg_iov = &iov,
        .msg_iovlen = 1,
        .msg_control = control.space,
        .msg_controllen = sizeof(control.space),
    };
    ssize_t n;
    do
        n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    if (n <= 0)
        return n;
    int fds[FRAME_FDS_MAX];
    size_t count = take_fds(&message, fds);
    bool keep = frame->fd_count == 0 && (message.msg_flags & MSG_CTRUNC) == 0;
    for (size_t i = 0; i < count; i++) {
        if (keep)
            frame->fds[frame->fd_count++] = fds[i];
        else
            close(fds[i]);
    }
    return keep || count == 0 ? n : -1;
}

static enum frame_result receive_all(int socket, unsigned char *into, size_t bytes, struct frame *frame)
{
    size_t have = 0;
    while (have < bytes) {
        ssize_t n = receive_some(socket, into + have, bytes - have, frame);
        if (n < 0)
            return errno == ECONNRESET ? FRAME_END : FRAME_BROKEN;
        if (n == 0)
            return have == 0 ? FRAME_END : FRAME_BROKEN;
        have += (size_t)n;
    }
    return FRAME_RECEIVED;
}

static void close_fds(struct frame *frame)
{
    for (size_t i = 0; i < frame->fd_count; i++)
        close(frame->fds[i]);
    frame->fd_count = 0;
}

enum frame_result frame_receive(int socket, struct frame *frame)
{
    unsigned char header[FRAME_HEADER_BYTES];
    frame->fd_count = 0;
    enum frame_result result = receive_all(socket, header, sizeof(header), frame);
    struct wire_reader reader = {.at = header, .end = header + sizeof(header), .bad = false};
    uint32_t length = wire_u32(&reader);
    frame->type = wire_u32(&reader);
    if (result == FRAME_RECEIVED && length > FRAME_PAYLOAD_MAX)
        result = FRAME_BROKEN;
    if (result == FRAME_RECEIVED && length > 0 && receive_all(socket, received, length, frame) != FRAME_RECEIVED)
        result = FRAME_BROKEN;
    if (result != FRAME_RECEIVED)
        close_fds(frame);
    else
        frame->payload = (struct wire_reader){.at = received, .end = received + length, .bad = false};
    return result;
}

struct wire_writer *frame_begin(enum frame_type type)
{
    writer = (struct wire_writer){.start = sent, .used = 0, .capacity = sizeof(sent), .full = false};
    wire_put_u32(&writer, 0);
    wire_put_u32(&writer, type);
    return &writer;
}

static ssize_t send_some(int socket, unsigned char *from, size_t bytes, const int *fds, size_t fd_count)
{
    union {
        struct cmsghdr align;
        char space[CMSG_SPACE(sizeof(int) * FRAME_FDS_MAX)];
    } control;
    struct iovec iov = {.iov_base = from, .iov_len = bytes};
    struct msghdr message = {.msg_iov = &iov, .msg_iovlen = 1};
    if (fd_count > 0) {
        memset(&control, 0, sizeof(control));
        control.align.cmsg_len = CMSG_LEN(fd_count * sizeof(int));
        control.align.cmsg_level = SOL_SOCKET;
        control.align.cmsg_type = SCM_RIGHTS;
        memcpy(CMSG_DATA(&control.align), fds, fd_count * sizeof(int));
        message.msg_control = control.space;
        message.msg_controllen = CMSG_SPACE(fd_count * sizeof(int));
    }
    ssize_t n;
    do
        n = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n;
}

bool frame_send(int socket, const int *fds, size_t fd_count)
{
    if (writer.full || fd_count > FRAME_FDS_MAX) {
        errno = E2BIG;
        return false;
    }
    struct wire_writer head = {.start = sent, .used = 0, .capacity = 4, .full = false};
    wire_put_u32(&head, (uint32_t)(writer.used - FRAME_HEADER_BYTES));
    size_t done = 0;
    while (done < writer.used) {
        ssize_t n = send_some(socket, sent + done, writer.used - done, fds, done == 0 ? fd_count : 0);
        if (n < 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

bool frame_send_numbers(int socket, enum frame_type type, size_t count, const uint32_t *numbers)
{
    struct wire_writer *frame = frame_begin(type);
    for (size_t i = 0; i < count; i++)
        wire_put_u32(frame, numbers[i]);
    return frame_send(socket, NULL, 0);
}
