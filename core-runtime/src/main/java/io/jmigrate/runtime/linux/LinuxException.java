package io.jmigrate.runtime.linux;

import java.util.Objects;

/** A system call failed. The message reads {@code open /data: no such file or directory}. */
public final class LinuxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final transient Errno errno;
    private final String subject;

    /**
     * @param call the system call, for example {@code open}
     * @param errno why it failed
     * @param subject what it was applied to, for example a path; may be empty
     */
    public LinuxException(String call, Errno errno, String subject) {
        super(call + (subject.isEmpty() ? "" : " " + subject) + ": " + errno.text());
        this.call = Objects.requireNonNull(call);
        this.errno = errno;
        this.subject = subject;
    }

    public String call() {
        return call;
    }

    public Errno errno() {
        return errno;
    }

    public String subject() {
        return subject;
    }
}
