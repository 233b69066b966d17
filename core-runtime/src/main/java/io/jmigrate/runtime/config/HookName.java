package io.jmigrate.runtime.config;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.nio.file.Path;
import java.util.List;

/**
 * Which hook it is, for sentences about it.
 *
 * @param number its place among those of its kind, from 0 as in config.json
 */
public record HookName(HookKind kind, int number, Path path) {
    private static final int LINES_MAX = 20;

    /**
     * It could not be run, or failed.
     *
     * @param why as {@code exit code 1}
     * @param output what it has written, of which the end is quoted
     */
    public Failure failed(String why, List<String> output) {
        List<String> end = output.subList(Math.max(0, output.size() - LINES_MAX), output.size());
        return Failure.of(RuntimeCode.HOOK_FAILED, "hook %s[%d], %s: %s".formatted(kind.specName(), number, path, why))
                .withDetails(end);
    }

    /** It was killed after its time. */
    public Failure tookTooLong(List<String> output) {
        return failed("it took longer than its timeout, and was killed", output);
    }
}
