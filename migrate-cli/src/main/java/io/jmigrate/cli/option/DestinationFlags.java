package io.jmigrate.cli.option;

import io.jmigrate.migration.plan.LinkTerms;
import io.jmigrate.migration.plan.MemoryTerms;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.plan.StopTerms;
import io.jmigrate.migration.policy.MigrateMode;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Where a container is to go, how, and what that may take. */
public final class DestinationFlags {
    private final SwitchOverFlags switchOver = new SwitchOverFlags();
    private final NetworkFlags network = new NetworkFlags();
    private Optional<String> peer = Optional.empty();
    private RootfsMode rootfs = RootfsMode.COPY;
    private MigrateMode mode = MigrateMode.PRE_COPY;
    private final RestartFlags restart = new RestartFlags();
    private final PatienceOption patience = new PatienceOption();
    private boolean insecure;
    private OptionalLong bandwidth = OptionalLong.empty();
    private OptionalInt connections = OptionalInt.empty();

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        Declaration with = verb.option(
                        "--to",
                        "HOST:PORT",
                        "Where the other node's service listens.",
                        text -> text,
                        value -> peer = Optional.of(value))
                .option(
                        "--rootfs",
                        "HOW",
                        "How the root filesystem gets there: copy (default), diff (the upper layer of an overlay; the lower ones are there at the same paths), or shared if it is there at the same path.",
                        text -> Choice.of(RootfsMode.class, text),
                        value -> rootfs = value)
                .option(
                        "--mode",
                        "WHEN",
                        "When memory goes: pre-copy (default) in rounds while it runs here, stop-and-copy while it stands still, post-copy when"
                                + " it runs there, hybrid in rounds and the rest when it runs there, restart not at all: its files go, it is ended"
                                + " here and started anew there.",
                        text -> Choice.of(MigrateMode.class, text),
                        value -> mode = value)
                .flag(
                        "--insecure",
                        "No encryption and no certificates; the peer must agree.",
                        value -> insecure = value);
        return switchOver.declare(restart.declare(network.declare(link(with))));
    }

    private Declaration link(Declaration verb) {
        Declaration with = verb.option(
                        "--bandwidth",
                        "RATE",
                        "Send no faster, all containers of the command together: bytes (100MiB/s) or bits (800Mbit/s); default: no limit.",
                        Bandwidth::of,
                        value -> bandwidth = OptionalLong.of(value))
                .option(
                        "--connections",
                        "N",
                        "Over how many connections data goes, as far as the other node lets it; default: one, and four where an answer takes more than 4 ms.",
                        text -> Numbers.between(text, 1, LinkTerms.CONNECTIONS_MAX),
                        value -> connections = OptionalInt.of(value));
        return patience.declare(
                with,
                "The other node counts as lost when it says or takes nothing for so long; a container that stands still waits as long"
                        + " (default: 30s).");
    }

    /** @param ofMemory other options that are about memory, and whether they were given @throws Failure USAGE if one was */
    public static void refuseWithRestart(Map<String, Boolean> ofMemory) {
        RestartFlags.refuse(ofMemory.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList());
    }

    /** Whether it is ended here and started anew there. */
    public boolean startsAnew() {
        return mode.startsAnew();
    }

    /** Whether a container may run there before all of its memory is there. */
    public boolean memoryMayFollow() {
        return MigrateRequest.mayFollow(mode, switchOver.onStall());
    }

    /**
     * What was asked for.
     *
     * @param verb for the sentence that says what is missing
     * @param memory of which these options say nothing
     * @throws Failure USAGE if something is missing or would have no effect, INVALID_ADDRESS
     */
    public MigrateRequest request(String verb, Path root, String container, MemoryTerms memory) {
        StopTerms stop = restart.terms(mode, switchOver.given());
        switchOver.requireUse(mode);
        return new MigrateRequest(
                root,
                container,
                PeerAddress.parse(peer.orElseThrow(
                        () -> Failure.of(OptionCode.USAGE, verb + " needs --to HOST:PORT, the other node"))),
                rootfs,
                insecure,
                patience.orElse(MigrateRequest.DEFAULT_PATIENCE),
                memory,
                mode,
                switchOver.limits(),
                switchOver.onStall(),
                new LinkTerms(bandwidth, connections),
                network.terms(),
                stop);
    }
}
