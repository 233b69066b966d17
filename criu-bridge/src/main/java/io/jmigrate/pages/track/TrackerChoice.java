package io.jmigrate.pages.track;

import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.Failure;
import java.util.Objects;
import java.util.Optional;

/**
 * Which tracker is used.
 *
 * @param kind of it
 * @param shortfall what this host lacks for {@link TrackerKind#UFFD}, if that is why it is the other one
 */
public record TrackerChoice(TrackerKind kind, Optional<String> shortfall) {
    private static final String KNOWN_MACHINE = "amd64"; // native/track/inject.c

    public TrackerChoice {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(shortfall);
    }

    /**
     * The best one that the host gives, or the one that is asked for.
     *
     * @throws Failure PAGES_TRACKER if the host lacks what that needs
     */
    public static TrackerChoice of(Optional<TrackerKind> wanted, TrackingFacts host) {
        Optional<String> shortfall = shortfall(host);
        if (wanted.equals(Optional.of(TrackerKind.UFFD)) && shortfall.isPresent()) {
            throw Failure.of(PageCode.PAGES_TRACKER, "the tracker uffd can't be used on this host: " + shortfall.get());
        }
        if (wanted.isPresent()) {
            return new TrackerChoice(wanted.get(), Optional.empty());
        }
        return new TrackerChoice(shortfall.isPresent() ? TrackerKind.HASH : TrackerKind.UFFD, shortfall);
    }

    private static Optional<String> shortfall(TrackingFacts host) {
        if (!host.machine().equals(KNOWN_MACHINE)) {
            return Optional.of("it is made for x86-64 alone, and this is " + host.machine());
        }
        if (!host.writesNoted()) {
            return Optional.of("the kernel lets nobody have writes noted by a userfaultfd (Linux 6.7 does)");
        }
        return host.pagemapScan()
                ? Optional.empty()
                : Optional.of("the kernel does not tell which pages were written (PAGEMAP_SCAN, Linux 6.7)");
    }
}
