#include "inject.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PAGE_BYTES = 4096, PATH_BYTES = 64, NANOS_A_MILLI = 1000000, MILLIS_A_SECOND = 1000 };

static struct trouble failed(const char *text, int error)
{
    return (struct trouble){.text = text, .error = error};
}

int inject_await(pid_t task, long limit_millis)
{
    sigset_t stops;
    (void)sigemptyset(&stops);
    (void)sigaddset(&stops, SIGCHLD);
    struct timespec limit = {limit_millis / MILLIS_A_SECOND, limit_millis % MILLIS_A_SECOND * NANOS_A_MILLI};
    for (int looks = 0; looks < 64; looks++) { /* SIGCHLD, which is blocked, tells of other threads too */
        int status;
        pid_t pid = waitpid(task, &status, __WALL | WNOHANG);
        if (pid == task && WIFSTOPPED(status))
            return status;
        if (pid != 0) {
            errno = ESRCH;
            return -1;
        }
        if (sigtimedwait(&stops, NULL, &limit) < 0 && errno == EAGAIN)
            break;
    }
    errno = ETIMEDOUT;
    return -1;
}

#if defined(__x86_64__)

/* Of linux/ptrace.h, which may be older than the kernel. */
#define GET_RSEQ_CONFIGURATION 0x420f
#define GET_SYSCALL_USER_DISPATCH_CONFIG 0x4211

enum { CODE_SEGMENT_64 = 0x33, STOPS_MAX = 64, CALL_LIMIT_MILLIS = 1000, VDSO_PAGES_MAX = 4, AUXILIARY_MAX = 64 };

static const unsigned char SYSCALL_INSTRUCTION[] = {0x0f, 0x05};

/* The one thread that is held. */
static struct {
    pid_t task;
    uint64_t instruction;
    struct user_regs_struct registers;
    uint64_t blocked;
} held;

static uint64_t vdso(pid_t pid)
{
    char path[PATH_BYTES];
    Elf64_auxv_t entries[AUXILIARY_MAX];
    (void)snprintf(path, sizeof(path), "/proc/%d/auxv", pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t bytes = file < 0 ? -1 : read(file, entries, sizeof(entries));
    if (file >= 0)
        (void)close(file); /* nothing was written */
    for (ssize_t i = 0; (i + 1) * (ssize_t)sizeof(entries[0]) <= bytes; i++) {
        if (entries[i].a_type == AT_SYSINFO_EHDR)
            return entries[i].a_un.a_val;
    }
    return 0;
}

uint64_t inject_instruction(pid_t pid)
{
    static unsigned char code[VDSO_PAGES_MAX * PAGE_BYTES];
    uint64_t base = vdso(pid);
    struct iovec here[VDSO_PAGES_MAX];
    struct iovec there[VDSO_PAGES_MAX];
    for (size_t i = 0; i < VDSO_PAGES_MAX; i++) { /* one by one: it has fewer, and the rest can't be read */
        here[i] = (struct iovec){code + i * PAGE_BYTES, PAGE_BYTES};
        there[i] = (struct iovec){(void *)(base + i * PAGE_BYTES), PAGE_BYTES}; // NOLINT: an address of another process
    }
    ssize_t bytes = base == 0 ? -1 : process_vm_readv(pid, here, VDSO_PAGES_MAX, there, VDSO_PAGES_MAX, 0);
    const unsigned char *found =
        bytes <= 0 ? NULL : memmem(code, (size_t)bytes, SYSCALL_INSTRUCTION, sizeof(SYSCALL_INSTRUCTION));
    return found == NULL ? 0 : base + (uint64_t)(found - code);
}

/* Whether the instruction is where it was: the process may have executed another program since. */
static bool instruction_is_there(void)
{
    errno = 0;
    long word = ptrace(PTRACE_PEEKTEXT, held.task, held.instruction, NULL);
    return errno == 0 && memcmp(&word, SYSCALL_INSTRUCTION, sizeof(SYSCALL_INSTRUCTION)) == 0;
}

/* Whether the process has its own system calls turned into signals (PR_SET_SYSCALL_USER_DISPATCH, prctl(2)). */
static bool dispatches_calls(void)
{
    struct {
        uint64_t mode, selector, offset, length;
    } dispatch = {0};
    return ptrace(GET_SYSCALL_USER_DISPATCH_CONFIG, held.task, sizeof(dispatch), &dispatch) == 0 && dispatch.mode != 0;
}

static bool read_memory(uint64_t address, void *into, size_t bytes)
{
    struct iovec here = {into, bytes};
    struct iovec there = {(void *)address, bytes}; // NOLINT: an address of another process
    return process_vm_readv(held.task, &here, 1, &there, 1, 0) == (ssize_t)bytes;
}

/*
 * A thread that is interrupted within a restartable sequence goes on at its abort (rseq(2), kernel/rseq.c). The kernel would look at
 * where the thread is when it makes the call, see that it is in no sequence, and forget it: so it is done here.
 */
static void abort_sequence(void)
{
    struct {
        uint64_t pointer;
        uint32_t size, signature, flags, pad;
    } registration = {0};
    struct {
        uint32_t version, flags;
        uint64_t start, length, abort;
    } sequence;
    uint64_t current = 0;
    if (ptrace(GET_RSEQ_CONFIGURATION, held.task, sizeof(registration), &registration) != sizeof(registration))
        return;
    if (registration.pointer == 0 || !read_memory(registration.pointer + 8, &current, sizeof(current)) || current == 0)
        return;
    if (read_memory(current, &sequence, sizeof(sequence)) && held.registers.rip - sequence.start < sequence.length)
        held.registers.rip = sequence.abort;
}

struct trouble inject_begin(pid_t task, uint64_t instruction)
{
    held.task = task;
    held.instruction = instruction;
    uint64_t all = ~(uint64_t)0;
    if (ptrace(PTRACE_GETREGS, task, NULL, &held.registers) < 0)
        return failed("its registers can't be read", errno);
    if (held.registers.cs != CODE_SEGMENT_64)
        return (struct trouble){.text = "it is a program of 32 bits", .lasting = true};
    if (dispatches_calls())
        return (struct trouble){.text = "it handles its system calls itself", .lasting = true};
    if (!instruction_is_there())
        return failed("it executes another program now", 0);
    if (ptrace(PTRACE_GETSIGMASK, task, sizeof(held.blocked), &held.blocked) < 0)
        return failed("its signals can't be read", errno);
    abort_sequence();
    if (ptrace(PTRACE_SETSIGMASK, task, sizeof(all), &all) < 0)
        return failed("its signals can't be held back", errno);
    return (struct trouble){0};
}

/*
 * Has it stop where it is, however long that takes: it must not be left with registers that are not its own. A frozen cgroup of version 2,
 * or one without processor time, keeps it from going on, but not from this; one of version 1 does until it is thawed.
 */
static int interrupt(void)
{
    int status;
    if (ptrace(PTRACE_INTERRUPT, held.task, NULL, NULL) == 0 && waitpid(held.task, &status, __WALL) == held.task &&
        WIFSTOPPED(status))
        return status;
    errno = ESRCH;
    return -1;
}

/* Lets it run to where it enters, or leaves, the system call. Afterwards it is stopped, also if there is trouble, or has ended. */
static struct trouble advance(void)
{
    int signal = 0;
    for (int stops = 0; stops < STOPS_MAX; stops++) { /* others are those of SIGSTOP and SIGCONT */
        if (ptrace(PTRACE_SYSCALL, held.task, NULL, (long)signal) < 0)
            return failed("it can't go on", errno);
        int status = inject_await(held.task, CALL_LIMIT_MILLIS);
        bool late = status < 0 && errno == ETIMEDOUT;
        if (late)
            status = interrupt();
        if (status < 0)
            return failed("it has ended", errno);
        if (WSTOPSIG(status) == (SIGTRAP | 0x80)) /* PTRACE_O_TRACESYSGOOD */
            return (struct trouble){0};
        if (late && status >> 16 == PTRACE_EVENT_STOP)
            return failed("it is kept from running", ETIMEDOUT);
        signal = status >> 16 == 0 && WSTOPSIG(status) == SIGSTOP ? SIGSTOP : 0;
    }
    return failed("it is stopped again and again", 0);
}

struct trouble inject_call(long number, uint64_t argument, long *result)
{
    struct user_regs_struct call = held.registers;
    call.rip = held.instruction;
    call.rax = (uint64_t)number;
    call.rdi = argument;
    call.orig_rax = ~0ULL; /* else the kernel would first restart what was interrupted */
    if (ptrace(PTRACE_SETREGS, held.task, NULL, &call) < 0)
        return failed("its registers can't be set", errno);
    struct trouble trouble = advance(); /* in */
    if (trouble.text == NULL)
        trouble = advance(); /* out */
    if (trouble.text != NULL)
        return trouble;
    if (ptrace(PTRACE_GETREGS, held.task, NULL, &call) < 0)
        return failed("its registers can't be read", errno);
    *result = (long)call.rax;
    return (struct trouble){0};
}

void inject_end(void)
{
    /* it is stopped, so both fail only if it has been killed */
    (void)ptrace(PTRACE_SETREGS, held.task, NULL, &held.registers);
    (void)ptrace(PTRACE_SETSIGMASK, held.task, sizeof(held.blocked), &held.blocked);
}

#else

static const struct trouble NO_ARCHITECTURE = {.text = "this is not done on this architecture", .lasting = true};

uint64_t inject_instruction(pid_t pid)
{
    return (uint64_t)pid; /* any but 0 */
}

struct trouble inject_begin(pid_t task, uint64_t instruction)
{
    (void)task;
    (void)instruction;
    return NO_ARCHITECTURE;
}

struct trouble inject_call(long number, uint64_t argument, long *result)
{
    (void)number;
    (void)argument;
    (void)result;
    return NO_ARCHITECTURE;
}

void inject_end(void)
{
}

#endif
