package io.jmigrate.runtime.linux;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A signal (signal(7)), by its number on x86-64 and arm64.
 *
 * @param number 1 to 64
 */
public record Signal(int number) {
    /** The highest number, {@code SIGRTMAX}. */
    public static final int MAX = 64;

    private static final int RT_MIN = 34;

    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");

    public static final Signal HUP = new Signal(1);
    public static final Signal INT = new Signal(2);
    public static final Signal QUIT = new Signal(3);
    public static final Signal KILL = new Signal(9);
    public static final Signal USR1 = new Signal(10);
    public static final Signal USR2 = new Signal(12);
    public static final Signal TERM = new Signal(15);
    public static final Signal CONT = new Signal(18);
    public static final Signal STOP = new Signal(19);
    public static final Signal WINCH = new Signal(28);

    public Signal {
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException("not a signal number: " + number);
        }
    }

    /**
     * Reads a name or number as the OCI runtimes accept them: {@code SIGTERM}, {@code term}, {@code 15}, {@code RTMIN+3}.
     *
     * @return empty when it names no signal
     */
    public static Optional<Signal> parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        if (name.startsWith("SIG")) {
            name = name.substring(3);
        }
        int index = NAMES.indexOf(name);
        if (index >= 0) {
            return Optional.of(new Signal(index + 1));
        }
        return switch (name) {
            case "IOT" -> Optional.of(new Signal(6));
            case "POLL" -> Optional.of(new Signal(29));
            case "CLD" -> Optional.of(new Signal(17));
            default -> name.startsWith("RT") ? realTime(name.substring(2)) : numbered(name, 0);
        };
    }

    private static Optional<Signal> realTime(String name) {
        if (name.startsWith("MIN")) {
            return name.length() == 3 ? Optional.of(new Signal(RT_MIN)) : numbered(name.substring(3), RT_MIN);
        }
        if (name.startsWith("MAX")) {
            return name.length() == 3 ? Optional.of(new Signal(MAX)) : numbered(name.substring(3), MAX);
        }
        return Optional.empty();
    }

    private static Optional<Signal> numbered(String digits, int base) {
        if (!digits.matches(base == 0 ? "\\d{1,2}" : "[+-]\\d{1,2}")) {
            return Optional.empty();
        }
        int number = base + Integer.parseInt(digits);
        return number >= 1 && number <= MAX ? Optional.of(new Signal(number)) : Optional.empty();
    }

    /** For example {@code SIGTERM} or {@code SIGRTMIN+3}. */
    public String name() {
        if (number <= NAMES.size()) {
            return "SIG" + NAMES.get(number - 1);
        }
        return number < RT_MIN ? "SIG" + number : "SIGRTMIN+" + (number - RT_MIN);
    }

    @Override
    public String toString() {
        return name();
    }
}
