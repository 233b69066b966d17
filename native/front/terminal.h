/* Joins the caller's terminal to that of a process: what one types goes there, what it writes comes here. */
#ifndef JMIGRATE_TERMINAL_H
#define JMIGRATE_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <poll.h>

enum { TERMINAL_POLLED_MAX = 2 };

/* Takes over the master of the process's terminal. The caller's becomes raw, and has its settings again after terminal_leave. */
void terminal_join(int master);

/* Whether one is joined. */
bool terminal_joined(void);

/* What is to be waited for; the count, at most TERMINAL_POLLED_MAX. */
size_t terminal_polled(struct pollfd *polled);

/* Copies what can be copied without waiting, as poll(2) has found it for what terminal_polled gave. */
void terminal_copy(const struct pollfd *polled, size_t count);

/* Gives the process's terminal the size of the caller's. */
void terminal_resize(void);

/* Copies what the process has written last, and gives the caller's terminal its settings again. Nothing if none is joined. */
void terminal_leave(void);

#endif
