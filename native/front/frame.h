/* Frames between the front and Java: u32 payload length, u32 type, payload; descriptors travel with a frame's first byte. */
#ifndef JMIGRATE_FRAME_H
#define JMIGRATE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../common/wire.h"

enum frame_type {
    FRAME_HELLO = 1,        /* u32 version, argv, env, cwd, list of u32 descriptor numbers; the descriptors */
    FRAME_SPAWNED = 2,      /* u32 request, u32 pid */
    FRAME_SPAWN_FAILED = 3, /* u32 request, u32 errno, u32 enum spawn_step */
    FRAME_EXITED = 4,       /* u32 pid, u32 wait status */
    FRAME_SIGNAL = 5,       /* u32 number */
    FRAME_LEFT = 6,         /* empty: the answer to FRAME_LEAVE */
    FRAME_SPAWN = 16,       /* u32 request, u32 flags, path, argv, env, cwd, keyring, list of u32 numbers; the descriptors */
    FRAME_FORWARD = 17,     /* u32 pid, or 0: signals go to Java; u32 a signal that came before, or 0 */
    FRAME_EXIT = 18,        /* u32 exit code */
    FRAME_LEAVE = 19,       /* empty: the children that there are, when they end, are left to whoever inherits them */
    FRAME_JOIN_TERMINAL = 20, /* empty; the master of a process's terminal, to be joined to the caller's */
};

enum {
    FRAME_VERSION = 5,
    FRAME_HEADER_BYTES = 8,
    FRAME_PAYLOAD_MAX = 4 << 20,
    FRAME_FDS_MAX = 128,
};

/* One received frame. `payload` lies in a static buffer until the next one is received; the receiver closes the descriptors. */
struct frame {
    uint32_t type;
    struct wire_reader payload;
    int fds[FRAME_FDS_MAX];
    size_t fd_count;
};

enum frame_result { FRAME_RECEIVED, FRAME_END, FRAME_BROKEN };

enum frame_result frame_receive(int socket, struct frame *frame);

/* An empty frame in a static buffer, to be filled through the writer and sent. */
struct wire_writer *frame_begin(enum frame_type type);
bool frame_send(int socket, const int *fds, size_t fd_count);

/* A frame of up to three numbers. */
bool frame_send_numbers(int socket, enum frame_type type, size_t count, const uint32_t *numbers);

#endif
