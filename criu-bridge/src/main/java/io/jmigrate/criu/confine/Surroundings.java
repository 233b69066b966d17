package io.jmigrate.criu.confine;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.RlimitResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process of a container gets where its bundle says nothing: what the process that makes it has.
 *
 * @param hardLimits of what gives precedence over others; unsigned, as in {@link io.jmigrate.runtime.config.Rlimit}
 * @param oomScoreAdj -1000 to 1000, the more the sooner it is killed (proc_pid_oom_score_adj(5))
 * @param nice -20 to 19, the less the sooner it is served
 */
public record Surroundings(Map<RlimitResource, Long> hardLimits, int oomScoreAdj, int nice) {
    /** A title, the soft limit, the hard one and, for some, a unit (proc_pid_limits(5)). */
    private static final Pattern LINE = Pattern.compile("Max (.+?) {2,}(\\S+) +(\\S+).*");

    private static final Map<String, RlimitResource> TITLES =
            Map.of("nice priority", RlimitResource.NICE, "realtime priority", RlimitResource.RTPRIO);

    public Surroundings {
        hardLimits = Map.copyOf(hardLimits);
    }

    /**
     * Of what a process makes.
     *
     * @throws Failure RESTORE_FAILED if it has ended
     */
    public static Surroundings ofProcess(int pid) {
        Path proc = Path.of("/proc/" + pid);
        try {
            return new Surroundings(
                    hardLimits(Files.readString(proc.resolve("limits"))),
                    Integer.parseInt(
                            Files.readString(proc.resolve("oom_score_adj")).strip()),
                    ProcStat.read(pid).map(ProcStat::nice).orElse(0));
        } catch (IOException e) {
            throw Failure.of(CriuCode.RESTORE_FAILED, "cannot read the limits of CRIU's process: " + IoReason.of(e))
                    .withCause(e);
        }
    }

    static Map<RlimitResource, Long> hardLimits(String procLimits) {
        Map<RlimitResource, Long> limits = new EnumMap<>(RlimitResource.class);
        procLimits.lines().map(LINE::matcher).filter(Matcher::matches).forEach(line -> {
            RlimitResource resource = TITLES.get(line.group(1));
            if (resource != null) {
                limits.put(resource, number(line.group(3)));
            }
        });
        return limits;
    }

    private static long number(String text) {
        return text.equals("unlimited") ? RlimitResource.INFINITY : Long.parseUnsignedLong(text);
    }
}
