package io.jmigrate.migration.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The containers of docs/convergence.md. */
final class Workloads {
    static final long MIB = 1 << 20;
    static final long GIB = 1 << 30;

    private static final Path TRACES = Path.of("src/test/resources/traces");

    private Workloads() {}

    /** Traces by their names. */
    static Map<String, Trace> all() {
        Map<String, Trace> all = new LinkedHashMap<>();
        all.put("idle", Trace.steady(GIB, 0));
        all.put("steady 50 MiB/s", Trace.steady(GIB, 50 * MIB));
        all.put("steady 100 MiB/s", Trace.steady(GIB, 100 * MIB));
        all.put("steady 200 MiB/s", Trace.steady(GIB, 200 * MIB));
        all.put("hot 64 MiB", Trace.hotAndCold(GIB, 64 * MIB, GIB, 5 * MIB));
        all.put("bursts", Trace.bursts(GIB, 150 * MIB, 5 * MIB, 3));
        all.put("redis (recorded)", recorded("redis"));
        all.put("JVM (recorded)", recorded("jvm"));
        return all;
    }

    private static Trace recorded(String name) {
        try {
            List<String> lines = Files.readAllLines(TRACES.resolve(name + ".trace"));
            List<long[]> points = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] words = line.split(" ");
                points.add(new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])});
            }
            return Trace.recorded(Long.parseLong(lines.getFirst()), points);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
