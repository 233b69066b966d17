package io.jmigrate.criu.job;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.ProcStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;

/** Who has the numbers that a restored job needs. */
public final class TakenPids {
    private static final int QUOTED_MAX = 8;

    /** For how long those who have ended are waited for: their parents take note of it within milliseconds, or never. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private TakenPids() {}

    /**
     * A number with who has it.
     *
     * @param sentence for example {@code 4711 is process 4711 (bash)}
     * @param passing whether it will be free as soon as somebody takes note of an end
     */
    private record Holder(String sentence, boolean passing) {}

    /**
     * Refuses a restore that would end at a number of somebody else.
     *
     * @throws Failure PID_TAKEN, with a line for each number; IMAGES_INVALID
     */
    public static void requireFree(JobFile job, Path imageDirectory) {
        Set<Integer> numbers = PidNumbers.of(imageDirectory);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Holder> holders = holders(numbers);
        while (!holders.isEmpty() && holders.stream().allMatch(Holder::passing) && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
            holders = holders(numbers);
        }
        if (!holders.isEmpty()) {
            throw Failure.of(
                            CriuCode.PID_TAKEN,
                            "cannot restore " + job.inSentence() + ": " + counted(holders.size()) + " taken")
                    .withDetails(holders.stream()
                            .map(Holder::sentence)
                            .limit(QUOTED_MAX)
                            .toList());
        }
    }

    private static String counted(int taken) {
        return taken == 1 ? "a pid that it needs is" : taken + " pids that it needs are";
    }

    private static List<Holder> holders(Set<Integer> numbers) {
        Map<Integer, ProcStat> all = ProcStat.ofAll();
        return numbers.stream().flatMap(number -> holder(number, all).stream()).toList();
    }

    private static Optional<Holder> holder(int number, Map<Integer, ProcStat> all) {
        return Optional.ofNullable(all.get(number))
                .map(stat -> holder(number, ofProcess(number, stat), stat.ended()))
                .or(() -> ofThread(number).map(who -> holder(number, who, false)))
                .or(() -> member(number, ProcStat::group, "the process group of ", all))
                .or(() -> member(number, ProcStat::session, "the session of ", all));
    }

    private static Holder holder(int number, String who, boolean passing) {
        return new Holder(number + " is " + who, passing);
    }

    private static String ofProcess(int pid, ProcStat stat) {
        return stat.ended()
                ? named(pid) + ", which has ended and waits for " + named(stat.parent()) + " to take note of it"
                : named(pid);
    }

    /** Threads have directories, too, which a listing of /proc does not show (proc(5)). */
    private static Optional<String> ofThread(int number) {
        return ProcStatus.find(number)
                .flatMap(status -> status.field("Tgid"))
                .map(process -> "a thread of " + named(Integer.parseInt(process)));
    }

    /** Those that have ended hold it too, for as long as nobody takes note of that; who lives is named first. */
    private static Optional<Holder> member(
            int number, ToIntFunction<ProcStat> of, String what, Map<Integer, ProcStat> all) {
        return all.entrySet().stream()
                .filter(entry -> of.applyAsInt(entry.getValue()) == number)
                .min(Comparator.comparing(entry -> entry.getValue().ended()))
                .map(entry -> holder(
                        number,
                        what + ofProcess(entry.getKey(), entry.getValue()),
                        entry.getValue().ended()));
    }

    private static String named(int pid) {
        return "process " + pid
                + ProcStatus.find(pid)
                        .flatMap(status -> status.field("Name"))
                        .map(name -> " (" + name + ")")
                        .orElse("");
    }
}
