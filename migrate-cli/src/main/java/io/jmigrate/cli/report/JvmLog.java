package io.jmigrate.cli.report;

import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * Where the log records of this JVM go, those of libraries and those of this program's own threads that belong to no command
 * (java.util.logging, which is behind {@link System.Logger} too). The file {@code logging.properties} of the tree names this class, so
 * that it costs a command nothing that logs nothing.
 *
 * <p>What this program says is for the person who looks on; what a library says (that a thread was blocked for two seconds, for
 * example) is not, and goes to the file of {@code --log} alone.
 */
public final class JvmLog extends Handler {
    private static final String OURS = "io.jmigrate.";

    private static volatile Optional<CommandLog> command = Optional.empty();

    /** Records go to the log of this command from now on; they are dropped before. */
    public static void to(CommandLog log) {
        command = Optional.of(log);
    }

    @Override
    public void publish(LogRecord record) {
        command.filter(_ -> isLoggable(record)).ifPresent(log -> publish(log, record));
    }

    private static void publish(CommandLog log, LogRecord record) {
        boolean warning = record.getLevel().intValue() >= Level.WARNING.intValue();
        boolean ours = String.valueOf(record.getLoggerName()).startsWith(OURS);
        if (ours && warning) {
            log.warning(text(record));
        } else if (ours) {
            log.info(text(record));
        } else if (warning) {
            log.append(level(record), record.getLoggerName() + ": " + text(record));
        }
    }

    private static RuntimeLog.Level level(LogRecord record) {
        boolean error = record.getLevel().intValue() >= Level.SEVERE.intValue();
        return error ? RuntimeLog.Level.ERROR : RuntimeLog.Level.WARNING;
    }

    private static String text(LogRecord record) {
        String message = new SimpleFormatter().formatMessage(record);
        Throwable thrown = record.getThrown();
        return thrown == null ? message : message + ": " + FailureReport.sentence(thrown);
    }

    @Override
    public void flush() {} // nothing is kept

    @Override
    public void close() {} // the streams are the command's
}
