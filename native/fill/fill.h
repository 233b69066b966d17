/*
 * jmigrate-fill brings memory into processes that run already (userfaultfd(2)). CRIU restores them without it and hands over one
 * userfaultfd each. Where the pages are, Java knows: it puts them into a buffer that both map. Or, if this program is executed with
 * the word "files", they are all in files that it got, and it needs nobody.
 *
 * It is two processes that share one table of descriptors (CLONE_FILES), so that the death of either closes none of the userfaultfds:
 * when the last one is closed, the kernel gives zeros to whoever reads a page that has not come.
 *   the filler  takes the userfaultfds, answers page faults, and fetches the rest meanwhile
 *   the guard   talks to Java. If Java or the filler ends before all memory is there, it kills the container and ends only when all
 *               of that is gone. If the guard itself dies, the filler does so.
 * Java has a copy of each descriptor besides, and does so if both die at once.
 *
 * Whoever has files goes on without Java as soon as that has released the container. From then on the guard starts another filler in
 * place of one that dies, and a filler whose guard dies becomes the guard of another filler: what one has to know of the other is in
 * struct fill and in the journal (journal.h).
 *
 * With the word "later" some pages are not in the files yet when the container runs: a bitmap tells which have come (stored.h), and whoever
 * takes them is told which are waited for (later.h).
 */
#ifndef JMIGRATE_FILL_H
#define JMIGRATE_FILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "journal.h"

/* CRIU connects to it in its work directory, which is this program's (criu/uffd.c). */
#define FILL_SOCKET "lazy-pages.socket"

enum {
    FILL_CONTROL = 3, /* descriptor: packets between Java and the guard */
    FILL_PAGES = 4,   /* descriptor: packets between Java and the filler; or the table of what is in files (stored.h) */
    FILL_KEPT = 5,    /* descriptor: a copy of each userfaultfd for Java, which holds it until all memory is there */
    FILL_COME = 6,    /* descriptor: with pages that come later, the bitmap */
    FILL_WIPED = 7,   /* descriptor: the table of what forked children don't get (wiped.h) */
    FILL_ROOT = 9,    /* pidfd of the container's first process, once Java has named it */
};

enum { FILL_PAGE_BYTES = 4096, FILL_BUFFER_BYTES = 1 << 20, FILL_REASON_BYTES = 240 };

/* What CRIU says when all processes are about to run, in place of a pid (criu/uffd.c). */
enum { FILL_CRIU_FINISHED = 0x52535446 };

/* The first number of a control packet. */
enum fill_word {
    FILL_KEEP = 0,        /* none: a descriptor to keep comes along */
    FILL_GUARD = 1,       /* from Java, with the pid of the container's first process; answered by GUARDED */
    FILL_READY = 2,       /* CRIU can connect; the descriptor of the buffer comes along */
    FILL_UNSUPPORTED = 3, /* this kernel lacks what is needed; text follows, nothing was done */
    FILL_GUARDED = 4,     /* from now on the container dies with the filler */
    FILL_COMPLETE = 5,    /* all memory is there */
    FILL_FAILED = 6,      /* text follows; the container, if there was one, is dead */
    FILL_RELEASE = 7,     /* from Java: the container may run, and with files its memory comes whatever becomes of Java */
};

struct stored;

/* Shared by all that are one after the other filler and guard. */
struct fill {
    char reason[FILL_REASON_BYTES]; /* why a filler gave up */
    unsigned char *buffer;          /* FILL_BUFFER_BYTES, mapped by Java too */
    int shown;                      /* the same as a descriptor, until Java has it; then -1 */
    const struct stored *stored;    /* what is in files; NULL if Java is asked */
    char **cgroups;                 /* the container's cgroup.procs files, up to NULL: guards that were fillers join them */
    uint32_t heard[2];              /* Java's last word */
    uint32_t fillers;               /* how many there were */
    int guard;                      /* the filler's pidfd of the guard */
    int epoll;                      /* the filler's */
    int criu;                       /* where CRIU connects, then the connection */
    bool connected;
    int listener; /* where whoever takes pages that come later connects; -1 if none do */
    int later;    /* the connection, or -1 */
    int32_t said;  /* CRIU's word that is being dealt with, or 0 */
    bool finished; /* CRIU has no more to say */
    bool complete; /* all memory is there, and whoever ends now ends well */
    bool refusing; /* the kernel would not place pages, in a memory that is changing, and somebody may wait for them */
    uint64_t refused[2]; /* from where to where such pages were, in any memory: the next filler does not know more */
    struct journal journal;
};

/* Ends the container, and then the filler with this reason. */
_Noreturn void fill_fail(struct fill *fill, const char *what, int error);

/* Sends the word, if there is one, and the text and the descriptor, if there are. False if they can't be sent. */
bool fill_send(int socket, enum fill_word word, const char *text, int fd, int flags);

/* The descriptor that comes with a byte, as CRIU sends it behind the pid; or -1. */
int fill_receive(int socket);

/* Tells Java; it may be gone. */
void fill_tell(enum fill_word word, const char *text, int fd);

/* Starts a filler and guards it, and the next one if it may. Returns the status to end with. */
int fill_guard(struct fill *fill);

/* The filler's work until all memory is there. False if its guard has died. */
bool fill_run(struct fill *fill);

/* Kills the container, if it is known, and waits until nothing of it is left. */
void fill_end_container(void);

#endif
