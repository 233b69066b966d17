package io.jmigrate.criu;

import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.mapping.DumpMapping;
import io.jmigrate.criu.obstacle.DumpAllowance;
import io.jmigrate.criu.obstacle.Examination;
import io.jmigrate.criu.rpc.Enclosure;
import io.jmigrate.criu.verify.OpenFileTimes;
import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A tree to dump. */
interface DumpTarget {
    /** How often what moves is looked at before something in it counts as an obstacle. */
    int LOOKS = 10;

    /** Between two looks if nothing is there but what may pass: connections that wait to be accepted, say, which a server takes soon. */
    long WAIT_NANOS = 20_000_000;

    /** What is dumped, for example {@code container "web"}. */
    String inSentence();

    /** What becomes of it if the dump fails, for sentences: {@code it runs on}. */
    String fate();

    /** Its first process. */
    ProcessRef root();

    /** The pid by which CRIU knows that. */
    default int pidForCriu() {
        return root().pid();
    }

    /** Where CRIU has to be started. */
    default Enclosure enclosure(DumpMapping mapping) {
        return mapping.criuNetwork().map(Enclosure::network).orElse(Enclosure.NONE);
    }

    /** Its root filesystem on the host, if it has one of its own. */
    Optional<Path> rootfs();

    /** Whether its programs run, so that it may look otherwise at the next moment. */
    boolean moves();

    /** What is seen of it now. @param allowance what the dump may leave out or take along */
    View glance(DumpAllowance allowance);

    /** The cgroup directory by which CRIU freezes it in one go, if there is one that holds nothing else. */
    Optional<Path> freezer();

    /**
     * Puts beside the images what they don't say of it.
     *
     * @param mapping as it was dumped
     * @param files entries of files.img
     */
    default void describe(Path imageDirectory, DumpMapping mapping, List<FileEntry> files) {
        OpenFileTimes.write(imageDirectory, files, Path.of("/proc/" + root().pid() + "/root"));
    }

    /** What keeps it still besides CRIU. @param log of that CRIU */
    Standstill standstill(Path log);

    /** Whether it is CRIU that locks its network. */
    boolean isNetworkLockedByCriu();

    /** Whether the images say which cgroups it is in; else it is restored in those of the CRIU that restores it. */
    boolean tellsCgroups();

    /**
     * The hierarchies in which it has a cgroup of its own, as proc_pid_cgroup(5) names them: the images tell of no others. Empty: it has
     * one in each.
     */
    default List<String> hierarchies() {
        return List.of();
    }

    /**
     * What is seen of it at a moment.
     *
     * @param mapping for a dump
     * @param examination what is in it
     */
    record View(DumpMapping mapping, Examination examination) {
        /** What is in it that can't be dumped, a sentence each. */
        List<String> obstacles() {
            return examination.sentences();
        }
    }

    /**
     * Looks at it as it is, and, while it runs, again at what seems an obstacle: a shell that redirects a builtin command (echo, say) puts a file in
     * the place of its own standard output for that moment.
     */
    default View look(DumpAllowance allowance) {
        View view = glance(allowance);
        for (int looks = 1; looks < LOOKS && moves() && !view.obstacles().isEmpty(); looks++) {
            if (view.examination().mayPass()) {
                LockSupport.parkNanos(WAIT_NANOS);
            }
            view = glance(allowance);
        }
        return view;
    }

    /** As a job of a shell, which got its session from that. */
    default boolean rootLeadsNoSession() {
        return ProcStat.read(root().pid())
                .filter(stat -> stat.session() != root().pid())
                .isPresent();
    }
}
