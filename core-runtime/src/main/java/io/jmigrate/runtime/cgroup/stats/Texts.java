package io.jmigrate.runtime.cgroup.stats;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of one cgroup directory. One that is missing reads as empty, or as zero. */
record Texts(Path directory) {
    /** How the kernel writes "no limit" in v2, and the number that runC takes for it. */
    private static final String UNLIMITED = "max";

    List<String> lines(String file) {
        try {
            return Files.readAllLines(directory.resolve(file));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            if (!Files.exists(directory)) {
                return List.of();
            }
            throw Failure.of(RuntimeCode.IO, "cannot read " + directory.resolve(file) + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** The files whose names have a form. */
    Stream<MatchResult> files(Pattern form) {
        String[] names = directory.toFile().list();
        return Stream.of(names == null ? new String[0] : names)
                .map(form::matcher)
                .filter(Matcher::matches)
                .map(Matcher::toMatchResult);
    }

    Optional<Long> number(String file) {
        return lines(file).stream().findFirst().map(text -> number(file, text));
    }

    long numberOrZero(String file) {
        return number(file).orElse(0L);
    }

    /** Numbers by the word before them. */
    Map<String, Long> numbers(String file) {
        Map<String, Long> byName = new LinkedHashMap<>();
        for (String line : lines(file)) {
            String[] words = line.split(" ");
            if (words.length == 2) {
                byName.put(words[0], number(file, words[1]));
            }
        }
        return byName;
    }

    /** Unsigned, but for what can be -1; no limit is the largest number, the same bits. */
    private long number(String file, String text) {
        try {
            return text.equals(UNLIMITED) || text.equals("-1") ? -1 : Long.parseUnsignedLong(text.strip());
        } catch (NumberFormatException e) {
            throw Failure.of(RuntimeCode.IO, directory.resolve(file) + " holds no number: " + text)
                    .withCause(e);
        }
    }
}
