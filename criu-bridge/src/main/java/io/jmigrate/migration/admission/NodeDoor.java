package io.jmigrate.migration.admission;

import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditEvent.Verdict;
import io.jmigrate.migration.audit.AuditLog;
import io.jmigrate.migration.audit.Parties;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.plan.NodeLimits;
import io.jmigrate.migration.wire.Door;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The door of a node: lets in so many strangers, and writes down whom it has refused. Strangers could fill the log with that, so that it
 * has so many lines in a time, and the next one says how many were left out.
 */
public final class NodeDoor implements Door {
    private static final int LINES_BURST = 20;
    private static final Duration LINE_PAUSE = Duration.ofSeconds(10);

    private final Strangers strangers;
    private final AuditLog log;
    private final Parties parties;
    private final LongSupplier clock;
    private final TokenBucket lines;
    private long leftOut;

    /** @param clock as {@link System#nanoTime()} */
    NodeDoor(NodeLimits limits, AuditLog log, Parties parties, LongSupplier clock) {
        this.strangers = new Strangers(limits, clock);
        this.log = log;
        this.parties = parties;
        this.clock = clock;
        this.lines = new TokenBucket(LINES_BURST, LINE_PAUSE, clock.getAsLong());
    }

    /** @param root the runtime root */
    public static NodeDoor of(Path root, NodeLimits limits) {
        return new NodeDoor(limits, AuditLog.of(root), Parties.of(root), System::nanoTime);
    }

    @Override
    public Optional<Pass> enter(String host) {
        Optional<Pass> pass = strangers.enter(host);
        if (pass.isEmpty()) {
            note(host, Optional.empty(), "too many connections of which it is not known who makes them");
        }
        return pass;
    }

    @Override
    public void refused(String peer, Optional<Fingerprint> certificate, Failure why) {
        note(peer, certificate, String.valueOf(why.getMessage()));
    }

    private synchronized void note(String peer, Optional<Fingerprint> certificate, String why) {
        if (!lines.take(clock.getAsLong())) {
            leftOut++;
            return;
        }
        List<String> reasons =
                leftOut == 0 ? List.of(why) : List.of(why, leftOut + " refusals before this one have no line");
        leftOut = 0;
        Thread.ofVirtual()
                .start(() -> log.note(AuditEvent.of(Deed.CONNECTION, Verdict.REFUSED)
                        .by(parties.of(peer, certificate))
                        .because(reasons)));
    }
}
