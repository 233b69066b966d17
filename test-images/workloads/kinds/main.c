// kinds [NAME…]: runs the kinds of these names (all that every host lets be if none is given), each in a process of its own, and waits for all processes of
// the container, orphans too, as a first process has to. The report of a kind is the file /report/NAME, one line rewritten in
// place: "ready NAME", then "ok NAME COUNT", or "bad NAME WHAT" for ever.
#include "kinds.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

enum { KINDS_MAX = 128, LINE_BYTES = 160 };

static const struct kind *const tables[] = {
    attribute_kinds, clock_kinds,  event_kinds, file_kinds,        ipc_kinds,      lock_kinds,   mapping_kinds, memory_kinds, pipe_kinds,
    process_kinds,   signal_kinds, tcp_kinds,   tcp_opening_kinds, terminal_kinds, thread_kinds, timer_kinds,   udp_kinds,    unix_kinds,
    user_kinds,
};

const char *kind_name;
static int report_file = -1;

struct keeper {
    pid_t pid;
    const char *name;
};
static struct keeper keepers[KINDS_MAX];
static int keepers_started;

static void report(const char *word, const char *what) {
    char line[LINE_BYTES + 1];
    int length = snprintf(line, sizeof line, "%s %s %s", word, kind_name, what);
    if (length > LINE_BYTES - 1)
        length = LINE_BYTES - 1;
    memset(line + length, ' ', (size_t)(LINE_BYTES - 1 - length));
    line[LINE_BYTES - 1] = '\n';
    if (pwrite(report_file, line, LINE_BYTES, 0) != LINE_BYTES)
        perror("write report");
}

void bad(const char *format, ...) {
    char what[LINE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    report("bad", what);
    _exit(1);
}

static void open_report(const char *name) {
    char path[LINE_BYTES];
    kind_name = name;
    snprintf(path, sizeof path, "/report/%s", name);
    report_file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (report_file < 0) {
        perror(path);
        _exit(1);
    }
}

static void enter_directory(const char *name) {
    char path[LINE_BYTES];
    snprintf(path, sizeof path, "/tmp/%s", name);
    must(mkdir(path, 0755), path);
    must(chdir(path), path);
}

static void keep(const struct kind *kind) {
    char count[32];
    prctl(PR_SET_NAME, kind->name);
    open_report(kind->name);
    enter_directory(kind->name);
    kind->set_up();
    report("ready", "");
    for (unsigned long long ticks = 1;; ticks++) {
        struct timespec pause = {.tv_nsec = TICK_MS * 1000000L};
        while (nanosleep(&pause, &pause) != 0)
            ; // a signal of the kind's own
        kind->verify();
        snprintf(count, sizeof count, "%llu", ticks);
        report("ok", count);
    }
}

static void start(const struct kind *kind) {
    pid_t pid = fork();
    if (pid == 0)
        keep(kind);
    if (pid < 0 || keepers_started == KINDS_MAX) {
        fprintf(stderr, "kinds: %s cannot be started\n", kind->name);
        exit(1);
    }
    keepers[keepers_started++] = (struct keeper){pid, kind->name};
}

// Starts the one of that name, or all; returns how many.
static int start_of(const struct kind *kind, const char *name) {
    int found = 0;
    for (; kind->name != NULL; kind++)
        if (name == NULL || strcmp(kind->name, name) == 0) {
            start(kind);
            found++;
        }
    return found;
}

static void start_named(const char *name) {
    int found = 0;
    for (size_t table = 0; table < sizeof tables / sizeof *tables; table++)
        found += start_of(tables[table], name);
    if (name != NULL)
        found += start_of(named_kinds, name);
    if (!found) {
        fprintf(stderr, "kinds: there is no kind %s\n", name);
        exit(2);
    }
}

// A kind whose process was killed could not say so itself.
static void tell_end(const char *name, int status) {
    if (!WIFSIGNALED(status))
        return;
    open_report(name);
    char what[LINE_BYTES];
    snprintf(what, sizeof what, "was ended by signal %d", WTERMSIG(status));
    report("bad", what);
    close(report_file);
}

int main(int argc, char **argv) {
    signal(SIGTERM, exit); // process 1 ignores signals that it has no handler for
    mkdir("/report", 0755);
    if (argc == 1)
        start_named(NULL);
    for (int i = 1; i < argc; i++)
        start_named(argv[i]);
    for (;;) {
        int status;
        pid_t ended = wait(&status);
        for (int i = 0; i < keepers_started; i++)
            if (ended == keepers[i].pid)
                tell_end(keepers[i].name, status);
        if (ended < 0)
            pause();
    }
}
