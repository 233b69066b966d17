package io.jmigrate.runtime.container;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Capture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Lists the processes of a container. */
public final class ListProcesses {
    private static final List<String> OPTIONS_DEFAULT = List.of("-ef");
    private static final String PID_COLUMN = "PID";

    private final LifecycleHost host;

    ListProcesses(LifecycleHost host) {
        this.host = host;
    }

    /**
     * The pids on the host, ascending; none if the container is stopped.
     *
     * @throws Failure NOT_FOUND
     */
    public List<Integer> pids(ContainerId id) {
        return host.members().pids(host.store().load(id));
    }

    /**
     * Those lines of ps(1) that are about the container's processes, below ps's title line.
     *
     * @param options for ps; none means {@code -ef}. They must leave a column PID in its output
     * @throws Failure NOT_FOUND, IO with what ps said
     */
    public List<String> table(ContainerId id, List<String> options) {
        Set<Integer> pids = new TreeSet<>(pids(id));
        List<String> argv = new ArrayList<>(List.of("ps"));
        argv.addAll(options.isEmpty() ? OPTIONS_DEFAULT : options);
        Capture ps = Capture.run(host.launcher(), argv, "");
        if (!ps.status().success()) {
            throw Failure.of(RuntimeCode.IO, "ps ended with " + ps.status().text())
                    .withDetails(ps.errors());
        }
        return select(ps.output(), pids);
    }

    static List<String> select(List<String> lines, Set<Integer> pids) {
        List<String> titles = words(lines.isEmpty() ? "" : lines.getFirst());
        int column = titles.indexOf(PID_COLUMN);
        if (column < 0) {
            throw Failure.of(RuntimeCode.IO, "ps has printed no column " + PID_COLUMN);
        }
        List<String> selected = new ArrayList<>(List.of(lines.getFirst()));
        lines.stream()
                .skip(1)
                .filter(line -> isOneOf(pids, words(line), column))
                .forEach(selected::add);
        return selected;
    }

    private static boolean isOneOf(Set<Integer> pids, List<String> words, int column) {
        return words.size() > column
                && words.get(column).matches("\\d{1,9}")
                && pids.contains(Integer.valueOf(words.get(column)));
    }

    private static List<String> words(String line) {
        return Arrays.stream(line.strip().split("\\s+")).toList();
    }
}
