package io.jmigrate.cli.report;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.util.Optional;

/**
 * What a command says besides its result: to the person who looks on, and to the file of {@code --log}.
 *
 * @param person who looks on
 * @param file the file, if one is written
 */
public record CommandLog(Notices person, Optional<RuntimeLog> file) {
    /** Something to know, for the person alone. */
    public void info(String text) {
        person.line("jmigrate: " + text);
    }

    /**
     * Something that may not be as it was wanted; the command goes on. With a file it goes there alone, as in runc: the standard error of
     * a runtime that Docker or containerd calls is the container's.
     */
    public void warning(String text) {
        if (file.isEmpty() || !append(file.get(), RuntimeLog.Level.WARNING, text)) {
            person.line("jmigrate: warning: " + text);
        }
    }

    /** Why something is done as it is, which is wanted with {@code --debug} alone. With a file it goes there. */
    public void debug(String text) {
        if (file.isEmpty() || !append(file.get(), RuntimeLog.Level.DEBUG, text)) {
            person.line("jmigrate: " + text);
        }
    }

    /**
     * Why the command failed, and what to do.
     *
     * @param debug whether the causes are shown to the person too
     */
    public void error(Failure failure, boolean debug) {
        person.lines(FailureReport.lines(failure, debug));
        append(RuntimeLog.Level.ERROR, FailureReport.message(failure));
    }

    /** What is of no use to the person: it goes to the file alone. */
    public void append(RuntimeLog.Level level, String text) {
        file.ifPresent(log -> append(log, level, text));
    }

    private boolean append(RuntimeLog log, RuntimeLog.Level level, String text) {
        try {
            log.append(level, text);
            return true;
        } catch (IOException e) {
            person.line("jmigrate: cannot write the log " + log.file() + ": " + IoReason.of(e));
            return false;
        }
    }
}
