package io.jmigrate.pages.track;

import io.jmigrate.runtime.linux.Fd;

/** What an attempt at a process's memory came to. */
sealed interface Attachment {
    /**
     * There is a userfaultfd.
     *
     * @param userfaultfd the receiver's
     * @param kept whether the process has it too: it was kept from running before it could close it. Otherwise it has none
     * @param stoppedNanos how long one thread of the process was stopped
     */
    record Attached(Fd userfaultfd, boolean kept, long stoppedNanos) implements Attachment {}

    /**
     * There is none, and the process is as it was.
     *
     * @param reason for example {@code it is a program of 32 bits}
     * @param lasting whether another attempt is in vain
     */
    record Refused(String reason, boolean lasting) implements Attachment {}
}
