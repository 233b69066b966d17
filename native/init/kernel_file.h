/* Files of kernel interfaces (procfs, cgroupfs). */
#ifndef JMIGRATE_KERNEL_FILE_H
#define JMIGRATE_KERNEL_FILE_H

/*
 * Writes a file that takes its content in one write, and closes it. `fd` may be the result of a failed open, with errno as that left
 * it. Returns 0 or the errno.
 */
int write_kernel_file(int fd, const char *content);

#endif
