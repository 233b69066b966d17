package io.jmigrate.migration.engine;

import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Pages that the other end lacks and that were not sent; each is taken once. */
final class LeftPages {
    private final Map<PageTarget, NavigableMap<Long, PageRun>> left = new LinkedHashMap<>();

    /** @param run apart from all that were added */
    void add(PageRun run) {
        left.computeIfAbsent(run.target(), _ -> new TreeMap<>()).put(run.address(), run);
    }

    boolean isEmpty() {
        return left.isEmpty();
    }

    /** Takes what is left of these pages. */
    List<PageRun> take(PageRun wanted) {
        NavigableMap<Long, PageRun> runs = left.get(wanted.target());
        List<PageRun> taken = new ArrayList<>();
        if (runs != null) {
            Optional.ofNullable(runs.floorEntry(wanted.address()))
                    .ifPresent(before -> take(runs, before.getValue(), wanted, taken));
            List.copyOf(runs.subMap(wanted.address(), wanted.end()).values())
                    .forEach(run -> take(runs, run, wanted, taken));
            forget(wanted.target(), runs);
        }
        return taken;
    }

    private static void take(NavigableMap<Long, PageRun> runs, PageRun run, PageRun wanted, List<PageRun> taken) {
        long from = Math.max(run.address(), wanted.address());
        long to = Math.min(run.end(), wanted.end());
        if (from >= to) {
            return;
        }
        runs.remove(run.address());
        if (run.address() < from) {
            runs.put(run.address(), run.part(run.address(), from - run.address()));
        }
        if (to < run.end()) {
            runs.put(to, run.part(to, run.end() - to));
        }
        taken.add(run.part(from, to - from));
    }

    /** Takes the next pages; some must be left. @param bytesMax how many at most */
    PageRun next(long bytesMax) {
        Map.Entry<PageTarget, NavigableMap<Long, PageRun>> first =
                left.entrySet().iterator().next();
        PageRun run = first.getValue().firstEntry().getValue();
        return take(run.part(run.address(), Math.min(run.bytes(), bytesMax))).getFirst();
    }

    private void forget(PageTarget target, NavigableMap<Long, PageRun> runs) {
        if (runs.isEmpty()) {
            left.remove(target);
        }
    }
}
