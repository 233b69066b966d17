#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum {
    CHUNK_BYTES = 4096, /* PIPE_BUF: a pipe or terminal that can be written takes as much without waiting */
    LAST_CHUNKS_MAX = 64, /* more than a terminal holds; somebody in the container may still be writing */
};

/* One direction: from where to where, and what is on its way. */
struct course {
    int from;
    int to;
    bool ended;
    size_t begin;
    size_t end;
    char bytes[CHUNK_BYTES];
};

static struct {
    bool joined;
    int master;
    int caller; /* the caller's terminal, or -1 */
    struct termios before;
    struct course typed;
    struct course shown;
} terminal = {.master = -1, .caller = -1};

/* As runc looks for it. */
static int find_caller(void)
{
    static const int streams[] = {STDERR_FILENO, STDOUT_FILENO, STDIN_FILENO};
    for (size_t i = 0; i < sizeof(streams) / sizeof(streams[0]); i++) {
        if (isatty(streams[i]))
            return streams[i];
    }
    return -1;
}

static void make_raw(void)
{
    struct termios raw;
    if (terminal.caller < 0 || tcgetattr(terminal.caller, &terminal.before) < 0) {
        terminal.caller = -1;
        return;
    }
    raw = terminal.before;
    cfmakeraw(&raw);
    raw.c_oflag |= OPOST; /* messages of this program are shown too */
    if (tcsetattr(terminal.caller, TCSANOW, &raw) < 0)
        terminal.caller = -1;
}

void terminal_join(int master)
{
    terminal_leave();
    terminal.master = master;
    terminal.caller = find_caller();
    terminal.joined = true;
    terminal.typed = (struct course){.from = STDIN_FILENO, .to = master};
    terminal.shown = (struct course){.from = master, .to = STDOUT_FILENO};
    (void)fcntl(master, F_SETFL, O_RDWR | O_NONBLOCK); /* ours alone: everybody else has closed it */
    make_raw();
    terminal_resize();
}

bool terminal_joined(void)
{
    return terminal.joined;
}

void terminal_resize(void)
{
    struct winsize size;
    if (terminal.joined && terminal.caller >= 0 && ioctl(terminal.caller, TIOCGWINSZ, &size) == 0)
        (void)ioctl(terminal.master, TIOCSWINSZ, &size); /* a process that is gone needs none */
}

static bool poll_course(const struct course *course, struct pollfd *polled)
{
    if (course->ended)
        return false;
    bool full = course->begin < course->end;
    *polled = (struct pollfd){.fd = full ? course->to : course->from, .events = full ? POLLOUT : POLLIN};
    return true;
}

size_t terminal_polled(struct pollfd *polled)
{
    size_t count = 0;
    if (!terminal.joined)
        return 0;
    count += poll_course(&terminal.typed, &polled[count]) ? 1 : 0;
    count += poll_course(&terminal.shown, &polled[count]) ? 1 : 0;
    return count;
}

static bool later(ssize_t n)
{
    return n < 0 && (errno == EAGAIN || errno == EINTR);
}

/* EIO is how a terminal says that nobody has its other end open any more. */
static void fill(struct course *course)
{
    ssize_t n = read(course->from, course->bytes, sizeof(course->bytes));
    if (later(n))
        return;
    course->ended = n <= 0;
    course->begin = 0;
    course->end = n > 0 ? (size_t)n : 0;
}

/* What nobody takes any more is dropped, so that the process does not wait for ever. */
static void empty(struct course *course)
{
    ssize_t n = write(course->to, course->bytes + course->begin, course->end - course->begin);
    if (later(n))
        return;
    course->begin = n > 0 ? course->begin + (size_t)n : course->end;
}

static void advance(struct course *course)
{
    if (course->begin < course->end)
        empty(course);
    else
        fill(course);
}

void terminal_copy(const struct pollfd *polled, size_t count)
{
    size_t next = 0;
    struct course *courses[] = {&terminal.typed, &terminal.shown};
    for (size_t i = 0; i < 2 && next < count; i++) {
        if (!courses[i]->ended && polled[next++].revents != 0)
            advance(courses[i]);
    }
}

static bool wait_for_room(int fd)
{
    struct pollfd polled = {.fd = fd, .events = POLLOUT};
    return poll(&polled, 1, -1) >= 0 || errno == EINTR;
}

static void show_the_rest(struct course *course)
{
    for (int i = 0; i < LAST_CHUNKS_MAX && !course->ended; i++) {
        for (int part = 0; part < CHUNK_BYTES && course->begin < course->end; part++) {
            if (!wait_for_room(course->to))
                return;
            empty(course);
        }
        fill(course);
        if (course->begin == course->end)
            return;
    }
}

void terminal_leave(void)
{
    if (!terminal.joined)
        return;
    show_the_rest(&terminal.shown);
    if (terminal.caller >= 0)
        (void)tcsetattr(terminal.caller, TCSANOW, &terminal.before); /* it went away: nobody is left to care */
    close(terminal.master);
    terminal.joined = false;
}
