package io.jmigrate.criu.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a dump.log or restore.log says about a failure.
 *
 * <p>CRIU goes on after many errors and ends with some that only say that it failed. The cause is the last error before those
 * that follow from it: {@code Dumping FAILED}, {@code … failed with -1}, refused notifications, answers that nobody read. Some
 * causes are only warnings to CRIU.
 *
 * @param lines of it
 */
public record CriuLog(List<String> lines) {
    private static final int QUOTED_LINES_MAX = 8;
    private static final int LINES_BEFORE = 2;
    private static final Pattern ERROR = Pattern.compile("(?:^|\\s|\\))Error \\(");
    private static final Pattern WARNING = Pattern.compile("(?:^|\\s|\\))Warn +\\(");
    /** In every log where root may not raise limits. */
    private static final Pattern HARMLESS = Pattern.compile("Can't setup RLIMIT_NOFILE for self");
    /** Errors that say nothing about the cause, as they follow from another error. */
    private static final Pattern NO_CAUSE =
            Pattern.compile("Dumping FAILED|Restoring FAILED|failed with -?1\\b|Can't send response"
                    + "|action scripts failed|script ret code|RPC client reported script error"
                    + "|Unable to open fd=|Unable to detach from|cgroupd: recv req error|not all kernels support such"
                    + "|killed by signal 9|exited, status|Unable to (?:kill|wait)|Can't wait or bad status");

    private static final Pattern LAST = Pattern.compile("Dumping FAILED|Restoring FAILED");
    private static final String FULL = "No space left on device";

    public CriuLog {
        lines = List.copyOf(lines);
    }

    /** Reads it; one that isn't there or can't be read has no lines. */
    public static CriuLog read(Path log) {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return new CriuLog(lines.toList());
        } catch (IOException e) {
            return new CriuLog(List.of());
        }
    }

    /**
     * The lines that tell why CRIU failed, with their numbers: the causes and a few lines before the last of them. Empty if it has no error: then it
     * isn't the log that explains the failure.
     */
    public List<String> causes() {
        List<Integer> errors = Stream.of(
                        numbersOf(line -> isError(line) && isCause(line)),
                        numbersOf(line -> isWarning(line) && isCause(line)),
                        numbersOf(CriuLog::isError))
                .filter(numbers -> !numbers.isEmpty())
                .findFirst()
                .orElse(List.of());
        return quoted(errors);
    }

    /** What the last cause means that is known; empty if none is. */
    public Optional<KnownCause> known() {
        return causes().reversed().stream()
                .flatMap(line -> KnownCauses.of(line).stream())
                .findFirst();
    }

    /** Whether CRIU ran out of disk space. */
    public boolean tellsOfFullDisk() {
        return lines.stream().anyMatch(line -> line.contains(FULL));
    }

    /** Whether the log of a failure lacks its last lines, as it does on a full disk or if CRIU was killed. */
    public boolean isCutOff() {
        return lines.stream().noneMatch(line -> LAST.matcher(line).find());
    }

    /** The last of them, with a few lines before the last. */
    private List<String> quoted(List<Integer> errors) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (int error : errors.reversed()) {
            numbers.add(error);
            for (int before = 1; numbers.size() == before && before <= LINES_BEFORE && before <= error; before++) {
                numbers.add(error - before);
            }
        }
        return numbers.stream()
                .skip(Math.max(0, numbers.size() - QUOTED_LINES_MAX))
                .map(number -> (number + 1) + ": " + lines.get(number))
                .toList();
    }

    private List<Integer> numbersOf(Predicate<String> wanted) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < lines.size(); number++) {
            if (wanted.test(lines.get(number))) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static boolean isError(String line) {
        return ERROR.matcher(line).find() && !HARMLESS.matcher(line).find();
    }

    private static boolean isWarning(String line) {
        return WARNING.matcher(line).find();
    }

    private static boolean isCause(String line) {
        return !NO_CAUSE.matcher(line).find();
    }
}
