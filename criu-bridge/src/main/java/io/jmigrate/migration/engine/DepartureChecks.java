package io.jmigrate.migration.engine;

import io.jmigrate.doctor.Finding;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.Check.End;
import io.jmigrate.migration.plan.KernelFeature;
import io.jmigrate.pages.track.TrackerChoice;
import io.jmigrate.pages.track.TrackerKind;
import io.jmigrate.pages.track.TrackingFacts;
import io.jmigrate.runtime.failure.Failure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a container can be dumped so that it can move, by what was found in it and at its host. */
final class DepartureChecks {
    private static final String TRACKER = "tracker";
    private static final long LOCKED_MUCH = 16L << 20;

    private DepartureChecks() {}

    /** @param found in the container @param features of the kernel */
    static List<Check> of(List<Finding> found, Set<KernelFeature> features) {
        return Stream.concat(found.stream().map(DepartureChecks::check), ofKernel(features))
                .toList();
    }

    /** Of one that has not been looked at: what would be found now comes of its arrival. */
    static List<Check> ofArriving(Set<KernelFeature> features) {
        Check note = Check.note(
                End.SOURCE,
                "arrival",
                "its memory is still being put in place since it has arrived; what else stands against a dump can't be seen yet",
                "migrate waits for that");
        return Stream.concat(Stream.of(note), ofKernel(features)).toList();
    }

    /** @param sentence what it is and in which state @param word of that */
    static Check outOfState(String sentence, String word) {
        String remedy = word.equals("paused") ? "let it go on: jmigrate resume" : "only a container that runs can move";
        return Check.blocker(End.SOURCE, "state", sentence, remedy);
    }

    /** A note that there is nothing to do about stands against nothing. */
    private static Check check(Finding finding) {
        if (finding.remedy().isEmpty()) {
            return Check.passed(End.SOURCE, finding.name(), finding.sentence());
        }
        return finding.isProblem()
                ? Check.blocker(End.SOURCE, finding.name(), finding.sentence(), finding.remedy())
                : Check.note(End.SOURCE, finding.name(), finding.sentence(), finding.remedy());
    }

    /** To whoever made it, it ends when it has moved. @param monitor who waits for that */
    static Check monitored(String monitor) {
        return Check.note(
                End.SOURCE,
                "monitor",
                monitor
                        + " waits for the container's end, and sees it when it has moved: where there is a restart policy a new one is made of its name here",
                "end that first, for example by podman update --restart=no");
    }

    /** How changes of memory would be found. @param wanted as asked for */
    static Check tracker(Optional<TrackerKind> wanted, TrackingFacts host) {
        TrackerChoice choice;
        try {
            choice = TrackerChoice.of(wanted, host);
        } catch (Failure e) {
            return Check.blocker(End.SOURCE, TRACKER, e.getMessage(), "leave the choice to jmigrate, or choose hash");
        }
        String way = choice.kind().word() + ": " + way(choice.kind());
        return choice.shortfall()
                .map(lack -> Check.note(
                        End.SOURCE,
                        TRACKER,
                        way + ", as " + lack,
                        "boot Linux 6.7 or newer to save the processor's time"))
                .orElseGet(() -> Check.passed(End.SOURCE, TRACKER, way + (wanted.isPresent() ? ", as asked for" : "")));
    }

    /** @param bytes of memory that is locked; a note if they take their time */
    static Check locked(long bytes) {
        return bytes < LOCKED_MUCH
                ? Check.passed(End.SOURCE, "locked memory", "little or none is")
                : Check.note(
                        End.SOURCE,
                        "locked memory",
                        (bytes >> 20)
                                + " MiB of its memory are locked (mlock(2)), which CRIU writes into images and which go"
                                + " while the container stands still, whatever was copied before",
                        "let the program lock less, if it is to stand still for less");
    }

    private static String way(TrackerKind kind) {
        return switch (kind) {
            case UFFD -> "the kernel notes what a process writes to its memory";
            case HASH -> "memory is read and compared to find what a process has written";
        };
    }

    private static Stream<Check> ofKernel(Set<KernelFeature> features) {
        return Stream.of(
                features.contains(KernelFeature.USERFAULTFD)
                        ? Check.passed(End.SOURCE, "memory", "CRIU can leave it in the tree that it dumps")
                        : Check.blocker(
                                End.SOURCE,
                                "memory",
                                "this kernel gives no userfaultfd, without which CRIU leaves no memory in a tree that it"
                                        + " dumps",
                                "boot a kernel with CONFIG_USERFAULTFD"),
                features.contains(KernelFeature.NFTABLES)
                        ? Check.passed(End.SOURCE, "nftables", "connections can be kept still")
                        : Check.blocker(
                                End.SOURCE,
                                "nftables",
                                "this kernel does not have it: connections can't be kept still while a container is dumped",
                                "load the module nf_tables, or boot a kernel that has it"));
    }
}
