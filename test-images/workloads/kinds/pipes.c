// Pipes and fifos with something in them.
#include "kinds.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

enum { PIPE_BYTES = 8192 };

static struct flow flow;
static int ends[2];

static void pipe_set_up(void) {
    must(pipe2(ends, O_NONBLOCK | O_CLOEXEC), "pipe");
    must(fcntl(ends[0], F_SETPIPE_SZ, PIPE_BYTES), "size of the pipe");
    flow_open(&flow, ends[0], ends[1]);
}

static void pipe_verify(void) {
    same(fcntl(ends[0], F_GETPIPE_SZ), PIPE_BYTES, "size of the pipe");
    same(fcntl(ends[0], F_GETFL) & O_NONBLOCK, O_NONBLOCK, "its flag O_NONBLOCK");
    same(fcntl(ends[1], F_GETFD), FD_CLOEXEC, "its flag FD_CLOEXEC");
    flow_step(&flow);
}

static void fifo_set_up(void) {
    must(mkfifo("fifo", 0644), "mkfifo");
    int in = (int)must(open("fifo", O_RDONLY | O_NONBLOCK), "open the fifo to read");
    int out = (int)must(open("fifo", O_WRONLY), "open the fifo to write");
    flow_open(&flow, in, out);
}

static void fifo_verify(void) { flow_step(&flow); }

// Nobody can write to it any more: what is in it comes out, and then its end.
static void closed_set_up(void) {
    must(pipe(ends), "pipe");
    must(write(ends[1], "the last words", 14), "write");
    close(ends[1]);
}

static void closed_verify(void) {
    char words[32];
    struct pollfd polled = {.fd = ends[0], .events = POLLIN};
    same(must(poll(&polled, 1, 0), "poll"), 1, "descriptors that are ready");
    same(polled.revents, POLLIN | POLLHUP, "what poll tells of it");
    same(must(read(ends[0], words, sizeof words), "read"), 14, "bytes of the last words");
    same(memcmp(words, "the last words", 14), 0, "difference of the last words");
    same(read(ends[0], words, sizeof words), 0, "bytes at the end");
    close(ends[0]);
    closed_set_up();
}

// Nobody can read it any more: a write fails, now and later.
static void unread_set_up(void) {
    must(pipe(ends), "pipe");
    close(ends[0]);
}

static void unread_verify(void) {
    struct pollfd polled = {.fd = ends[1], .events = POLLOUT};
    same(must(poll(&polled, 1, 0), "poll"), 1, "descriptors that are ready");
    same(polled.revents & POLLERR, POLLERR, "what poll tells of it");
}

const struct kind pipe_kinds[] = {
    {"pipe", pipe_set_up, pipe_verify},
    {"fifo", fifo_set_up, fifo_verify},
    {"pipe-without-writer", closed_set_up, closed_verify},
    {"pipe-without-reader", unread_set_up, unread_verify},
    {0},
};
