package io.jmigrate.cli.option;

import io.jmigrate.runtime.failure.Failure;
import java.util.OptionalInt;

/** Whether a checkpoint leaves the memory in the container, for a {@code criu lazy-pages} to fetch. */
public final class LazyPagesFlags {
    private static final int DESCRIPTOR_MAX = Integer.MAX_VALUE - 1;

    private boolean wanted;
    private OptionalInt statusFd = OptionalInt.empty();

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.flag(
                        "--lazy-pages",
                        "Save all but the memory, and stay until a `criu lazy-pages --page-server` has fetched that from"
                                + " --page-server; then end the container.",
                        value -> wanted = value)
                .option(
                        "--status-fd",
                        "FD",
                        "With --lazy-pages: write a zero byte to this descriptor when the memory can be fetched.",
                        text -> Numbers.between(text, 0, DESCRIPTOR_MAX),
                        number -> statusFd = OptionalInt.of(number));
    }

    public boolean isWanted() {
        return wanted;
    }

    /** Where to say that the memory can be fetched. */
    public OptionalInt statusFd() {
        return statusFd;
    }

    /**
     * Whether what is given goes together.
     *
     * @param lacksDirectory whether it goes elsewhere than to an image directory, or is no container's
     * @param leaveRunning whether the container is to go on
     * @throws Failure USAGE
     */
    public void check(DumpTermFlags terms, boolean lacksDirectory, boolean leaveRunning) {
        if (!wanted && statusFd.isPresent()) {
            throw wrong("--status-fd needs --lazy-pages");
        }
        if (!wanted) {
            return;
        }
        if (!terms.hasPageServer()) {
            throw wrong("--lazy-pages needs --page-server ADDRESS:PORT, where the memory can be fetched");
        }
        if (lacksDirectory) {
            throw wrong(
                    "--lazy-pages is for a container and its image directory, and goes neither with --export nor --pid");
        }
        if (leaveRunning || terms.isPreDump() || terms.isIncremental()) {
            throw wrong("--lazy-pages gives the container away: it goes with none of --leave-running, --pre-dump,"
                    + " --parent-path and --auto-dedup");
        }
    }

    private static Failure wrong(String sentence) {
        return Failure.of(OptionCode.USAGE, "checkpoint: " + sentence);
    }
}
