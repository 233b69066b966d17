package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.policy.Plot.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Simulates migrations, and says what docs/convergence.md says; {@code -Dgolden.update} writes that anew. */
class ConvergenceTest {
    private static final Path DOCUMENT = Path.of("../docs/convergence.md");
    private static final Path PICTURES = Path.of("../docs/convergence");
    private static final String BEGIN = "<!-- simulated -->\n";
    private static final String END = "<!-- end -->\n";

    private static final double NANOS_A_MILLI = 1e6;
    private static final double NANOS_A_SECOND = 1e9;
    private static final long OVERHEAD = 2_000_000;
    private static final FixedCost FIXED = new FixedCost(150_000_000, 60_000_000, FixedCost.Origin.MEASURED);
    private static final double GIGABIT = 112.0 * Workloads.MIB;
    private static final double FAST = 800.0 * Workloads.MIB;

    private static Simulation.End simulated(Trace trace, double link, boolean counted, OnStall onStall) {
        return new Simulation(trace, link, OVERHEAD, FIXED, counted).run(SwitchOverLimits.DEFAULT, onStall);
    }

    @Test
    void documentsWhatIsSimulated() throws IOException {
        StringBuilder table = new StringBuilder("""
                | container | link | dirty pages | on stall | rounds | ends with | slowed to | sent MiB | predicted ms | simulated ms |
                |---|---|---|---|---|---|---|---|---|---|
                """);
        Workloads.all().forEach((name, trace) -> {
            row(table, name, trace, GIGABIT, true, OnStall.STOP_AND_COPY);
            row(table, name, trace, GIGABIT, false, OnStall.STOP_AND_COPY);
            row(table, name, trace, GIGABIT, true, OnStall.THROTTLE);
            row(table, name, trace, GIGABIT, true, OnStall.HYBRID);
            row(table, name, trace, FAST, true, OnStall.STOP_AND_COPY);
        });
        String document = Files.readString(DOCUMENT);
        int from = document.indexOf(BEGIN) + BEGIN.length();
        matches(DOCUMENT, document.substring(0, from) + table + document.substring(document.indexOf(END)));
    }

    private static void row(
            StringBuilder table, String name, Trace trace, double link, boolean counted, OnStall onStall) {
        Simulation.End end = simulated(trace, link, counted, onStall);
        String ending = end.last() instanceof Decision.Stall(StallReason reason, Prediction _)
                ? "stall: " + word(reason)
                : "switch-over";
        table.append(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %d | %s | %d %% | %d | %.0f | %.0f |%n",
                name,
                link == FAST ? "fast" : "1 Gbit/s",
                counted ? "counted" : "bounded",
                word(onStall),
                end.rounds().size(),
                ending,
                end.percent(),
                end.sentBytes() >> 20,
                end.predictedNanos() / NANOS_A_MILLI,
                end.downtimeNanos() / NANOS_A_MILLI));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Test
    void drawsHowRoundsShrink() throws IOException {
        Map<String, List<Point>> lines = new LinkedHashMap<>();
        Workloads.all().forEach((name, trace) -> {
            if (!name.equals("idle")) {
                lines.put(name, sizes(simulated(trace, GIGABIT, true, OnStall.THROTTLE)));
            }
        });
        Plot plot = new Plot("seconds since the migration began", 40, "MiB that a round is about", 1, 10_000);
        matches(PICTURES.resolve("rounds.svg"), plot.svg(lines));
    }

    private static List<Point> sizes(Simulation.End end) {
        List<Point> points = new ArrayList<>();
        double seconds = 0;
        for (Round round : end.rounds()) {
            points.add(new Point(seconds, round.writtenBytes() / (double) Workloads.MIB));
            seconds += round.nanos() / NANOS_A_SECOND;
        }
        points.add(new Point(seconds, end.last().prediction().dirtyBytes() / (double) Workloads.MIB));
        return points;
    }

    @Test
    void drawsTheDowntimeOverTheDirtyRate() throws IOException {
        Map<String, List<Point>> lines = new LinkedHashMap<>();
        lines.put("stop-and-copy", downtimes(true, OnStall.STOP_AND_COPY));
        lines.put("dirty pages bounded", downtimes(false, OnStall.STOP_AND_COPY));
        lines.put("throttle", downtimes(true, OnStall.THROTTLE));
        lines.put("hybrid", downtimes(true, OnStall.HYBRID));
        Plot plot = new Plot("MiB/s written, of 1 GiB, at 1 Gbit/s", 200, "downtime in ms", 100, 10_000);
        matches(PICTURES.resolve("downtime.svg"), plot.svg(lines));
    }

    private static List<Point> downtimes(boolean counted, OnStall onStall) {
        List<Point> points = new ArrayList<>();
        for (long rate = 0; rate <= 200; rate += 5) {
            Trace trace = Trace.steady(Workloads.GIB, rate * Workloads.MIB);
            points.add(
                    new Point(rate, simulated(trace, GIGABIT, counted, onStall).downtimeNanos() / NANOS_A_MILLI));
        }
        return points;
    }

    @Test
    void keepsTheDowntimeWhereTheContainerLetsItOrIsSlowed() {
        Workloads.all().forEach((name, trace) -> {
            Simulation.End end = simulated(trace, GIGABIT, true, OnStall.THROTTLE);
            boolean kept = end.downtimeNanos()
                    <= SwitchOverLimits.DEFAULT.maxDowntime().toNanos();
            assertThat(kept).as(name).isEqualTo(!(end.last() instanceof Decision.Stall));
        });
    }

    private static void matches(Path file, String actual) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        assertThat(actual).as("%s, written by -Dgolden.update", file).isEqualTo(Files.readString(file));
    }
}
