#include "serve.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "children.h"
#include "frame.h"
#include "spawn.h"
#include "terminal.h"

enum { ARGUMENTS_MAX = 65536 };

static const int served_signals[] = {SIGCHLD, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGUSR1, SIGUSR2};

static int signals = -1;

/* What the caller ignores stays ignored, as for a command under nohup or in a script's background. */
static bool ignored(int number)
{
    struct sigaction action;
    return number != SIGCHLD && sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

bool serve_prepare(void)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof(served_signals) / sizeof(served_signals[0]); i++) {
        if (!ignored(served_signals[i]))
            sigaddset(&set, served_signals[i]);
    }
    /* an inherited SIG_IGN for SIGCHLD would let children vanish unreaped */
    if (signal(SIGCHLD, SIG_DFL) == SIG_ERR || signal(SIGPIPE, SIG_IGN) == SIG_ERR)
        return false;
    if (sigprocmask(SIG_SETMASK, &set, NULL) < 0)
        return false;
    signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return signals >= 0;
}

static void close_fds(const struct frame *frame)
{
    for (size_t i = 0; i < frame->fd_count; i++)
        close(frame->fds[i]);
}

/* Reads the request; false if it is malformed. */
static bool read_request(struct frame *frame, struct spawn_request *request, uint32_t *numbers, uint32_t *id)
{
    static char *argv[ARGUMENTS_MAX];
    static char *envp[ARGUMENTS_MAX];
    struct wire_reader *payload = &frame->payload;
    *id = wire_u32(payload);
    request->flags = wire_u32(payload);
    request->path = wire_string(payload);
    size_t argc = wire_strings(payload, argv, ARGUMENTS_MAX);
    (void)wire_strings(payload, envp, ARGUMENTS_MAX);
    request->argv = argv;
    request->envp = envp;
    request->cwd = wire_string(payload);
    request->keyring = wire_string(payload);
    request->fd_count = wire_u32(payload);
    if (payload->bad || argc == 0 || request->fd_count != frame->fd_count)
        return false;
    for (size_t i = 0; i < frame->fd_count; i++) {
        numbers[i] = wire_u32(payload);
        if (numbers[i] > SPAWN_FD_NUMBER_MAX)
            return false;
    }
    request->fds = frame->fds;
    request->fd_numbers = numbers;
    return !payload->bad && payload->at == payload->end;
}

static bool handle_spawn(struct front *front, struct frame *frame)
{
    struct spawn_request request = {0};
    struct spawn_failure failure;
    uint32_t numbers[FRAME_FDS_MAX];
    uint32_t id = 0;
    if (!read_request(frame, &request, numbers, &id)) {
        close_fds(frame);
        return false;
    }
    pid_t pid = spawn(&request, &failure);
    close_fds(frame);
    if (pid > 0) {
        if (front->leaves && front->late_count < LATE_MAX)
            front->late[front->late_count++] = pid;
        uint32_t answer[] = {id, (uint32_t)pid};
        front_tell(front, FRAME_SPAWNED, 2, answer);
        return true;
    }
    uint32_t answer[] = {id, (uint32_t)failure.errno_value, failure.step};
    front_tell(front, FRAME_SPAWN_FAILED, 3, answer);
    return true;
}

/* False if signals can't be read. */
static bool handle_signals(struct front *front)
{
    struct signalfd_siginfo info[16];
    ssize_t n = read(signals, info, sizeof(info));
    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    for (size_t i = 0; i < (size_t)n / sizeof(info[0]); i++) {
        uint32_t number = info[i].ssi_signo;
        if (number == SIGCHLD)
            children_reap(front);
        else if (number == SIGWINCH && terminal_joined())
            terminal_resize();
        else if (front->forward > 0)
            (void)kill(front->forward, (int)number); /* it may have ended: its exit is on the way */
        else
            front_tell(front, FRAME_SIGNAL, 1, &number);
    }
    return true;
}

/* False if the frame is malformed. */
static bool handle_forward(struct front *front, struct wire_reader *payload)
{
    pid_t pid = (pid_t)wire_u32(payload);
    uint32_t number = wire_u32(payload);
    if (payload->bad || number >= NSIG)
        return false;
    front->forward = pid > 0 && children_have(pid) ? pid : 0;
    if (front->forward > 0 && number > 0)
        (void)kill(front->forward, (int)number); /* it may have ended: its exit is on the way */
    return true;
}

/* False if Java is gone or has said goodbye. */
static bool handle_frame(struct front *front, int *exit_code)
{
    struct frame frame;
    if (frame_receive(front->socket, &frame) != FRAME_RECEIVED)
        return false;
    if (frame.type == FRAME_SPAWN)
        return handle_spawn(front, &frame);
    if (frame.type == FRAME_JOIN_TERMINAL && frame.fd_count == 1) {
        terminal_join(frame.fds[0]);
        return true;
    }
    close_fds(&frame);
    if (frame.type == FRAME_FORWARD)
        return handle_forward(front, &frame.payload);
    if (frame.type == FRAME_LEAVE) {
        front->leaves = true;
        front_tell(front, FRAME_LEFT, 0, NULL);
        return true;
    }
    uint32_t number = wire_u32(&frame.payload);
    if (!frame.payload.bad && frame.type == FRAME_EXIT)
        *exit_code = (int)(number & 0xff);
    return false;
}

enum serve_result serve(struct front *front, int *exit_code)
{
    *exit_code = -1;
    struct pollfd polled[2 + TERMINAL_POLLED_MAX] = {
        {.fd = front->socket, .events = POLLIN},
        {.fd = signals, .events = POLLIN},
    };
    bool going_on = true;
    while (going_on) { /* ends with the connection, which Java's end bounds */
        size_t copied = terminal_polled(polled + 2);
        if (poll(polled, 2 + copied, -1) < 0) {
            going_on = errno == EINTR;
            continue;
        }
        terminal_copy(polled + 2, copied);
        if (polled[1].revents != 0)
            going_on = handle_signals(front);
        if (going_on && polled[0].revents != 0)
            going_on = handle_frame(front, exit_code);
    }
    terminal_leave();
    return *exit_code >= 0 ? SERVE_EXIT : SERVE_LOST;
}
