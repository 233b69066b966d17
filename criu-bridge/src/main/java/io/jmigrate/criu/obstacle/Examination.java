package io.jmigrate.criu.obstacle;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What was seen of a container at a moment. */
public final class Examination {
    /** What waits for a process that takes it, and what a child has in common with its parent until it executes a program (vfork(2)). */
    private static final Set<Obstacle.Kind> PASSING = Set.of(Obstacle.Kind.UNACCEPTED, Obstacle.Kind.SHARED_PART);

    private final ContainerView view;
    private final List<Obstacle> obstacles;

    /** @param others obstacles that the view doesn't show */
    Examination(ContainerView view, List<Obstacle> others) {
        this.view = view;
        this.obstacles =
                Stream.concat(others.stream(), Obstacles.in(view).stream()).toList();
    }

    /** How many processes it has. */
    public int processes() {
        return view.processes().size();
    }

    /** What is in it that can't be dumped; empty if nothing is. */
    public List<Obstacle> obstacles() {
        return obstacles;
    }

    /** Whether all that can't be dumped may be gone in a moment by itself. */
    public boolean mayPass() {
        return !obstacles.isEmpty() && obstacles.stream().allMatch(obstacle -> PASSING.contains(obstacle.kind()));
    }

    /** The same as sentences. */
    public List<String> sentences() {
        return obstacles.stream().map(Obstacle::sentence).toList();
    }

    /** Whether something in it sends datagrams to a Unix socket outside, which CRIU restores only if it is told to. */
    public boolean sendsOut() {
        return view.unixPeers().sending() > 0;
    }

    /** What a dump would keep besides memory and files. Looked for when it is asked for: a dump needs no list of it. */
    public Belongings belongings() {
        return Belongings.of(view, FileLocks.of(view.processes()));
    }
}
