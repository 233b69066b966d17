/**
 * The kernel, as Java values: the only package that makes system calls.
 *
 * <p>Every call goes through one foreign function, {@code syscall(2)}, because each distinct signature costs a cold JVM several
 * milliseconds and a container runtime is a short-lived program. JNR-POSIX is used only where nothing short-lived passes: to
 * start the launcher process of a program that has no front.
 *
 * <p>A call that fails throws a {@link io.jmigrate.runtime.linux.LinuxException} with the errno; descriptors are
 * {@link io.jmigrate.runtime.linux.Fd}s with one owner each and are always made close-on-exec.
 */
package io.jmigrate.runtime.linux;
