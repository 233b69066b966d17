package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the kinds of test-images/workloads/kinds say of themselves: a file each, {@code ok NAME COUNT} or {@code bad NAME WHAT}. */
record KindReports(Path directory) {
    /** As many as there are kinds, or more: the container's first process starts them one after the other. */
    static KindReports ofBundle(Path bundle, int kinds) {
        KindReports reports = new KindReports(bundle.resolve("rootfs/report"));
        patiently()
                .until(() ->
                        Files.isDirectory(reports.directory) && reports.read().size() >= kinds);
        return reports;
    }

    /** Waits until each of them has checked itself twice more, and found nothing. */
    void awaitChecks() {
        Map<String, Long> before = counts();
        patiently().untilAsserted(() -> {
            Map<String, Long> now = counts();
            assertThat(before.keySet())
                    .allSatisfy(kind -> assertThat(now.get(kind)).as(kind).isGreaterThan(before.get(kind) + 1));
        });
    }

    /** How often each has checked itself. */
    private Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        read().forEach((kind, report) -> {
            assertThat(report).as(kind).doesNotStartWith("bad");
            String[] words = report.split(" ");
            counts.put(kind, words.length > 2 ? Long.parseLong(words[2]) : 0);
        });
        return counts;
    }

    private Map<String, String> read() {
        Map<String, String> reports = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String report = Files.readString(file).strip();
                if (!report.isEmpty()) {
                    reports.put(file.getFileName().toString(), report);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return reports;
    }

    private static org.awaitility.core.ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(2));
    }
}
