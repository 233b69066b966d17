package io.jmigrate.migration.admission;

import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Writes down what peers do, each so much in a time, so that none can have the deeds of the others rotated away. What has no line is
 * counted, and the next line of that peer says so; there is one in any case.
 */
public final class AuditBook implements AutoCloseable {
    static final int LINES_BURST = 60;
    static final Duration LINE_PAUSE = Duration.ofSeconds(10);
    /** Whoever is beyond them shares one account with all others that are. */
    private static final int ACCOUNTS_MAX = 4096;
    /** Of whom it is not known who they are: anybody can make a certificate for each attempt. */
    private static final String STRANGERS = "";

    private static final String OTHERS = "…";

    private final AuditLog log;
    private final LongSupplier clock;
    private final Consumer<Runnable> later;
    private final Map<String, AuditAccount> accounts = new HashMap<>();

    /** @param clock as {@link System#nanoTime()} @param later does something when {@link #LINE_PAUSE} is over */
    AuditBook(AuditLog log, LongSupplier clock, Consumer<Runnable> later) {
        this.log = log;
        this.clock = clock;
        this.later = later;
    }

    public static AuditBook of(AuditLog log) {
        return new AuditBook(log, System::nanoTime, then -> CompletableFuture.delayedExecutor(
                        LINE_PAUSE.toNanos(), TimeUnit.NANOSECONDS, Thread::startVirtualThread)
                .execute(then));
    }

    /** Something has happened. @param peer what it is known by */
    public void note(String peer, AuditEvent event) {
        lines(peer, event).forEach(log::note);
    }

    /**
     * Something is about to be done, and has a line before that in any case: how often that can be is a matter of {@link PeerQuotas}.
     *
     * @throws io.jmigrate.runtime.failure.Failure AUDIT if it can't be written
     */
    public void require(AuditEvent event) {
        log.require(event);
    }

    private synchronized List<AuditEvent> lines(String peer, AuditEvent event) {
        AuditAccount account = account(event.deed() == Deed.PAIRING ? STRANGERS : peer);
        if (account.mayWrite(clock.getAsLong())) {
            List<AuditEvent> lines = new ArrayList<>();
            account.summary().ifPresent(lines::add);
            lines.add(event);
            return lines;
        }
        if (account.leaveOut(event)) {
            later.accept(() -> tell(account));
        }
        return List.of();
    }

    private AuditAccount account(String name) {
        long now = clock.getAsLong();
        if (accounts.size() >= ACCOUNTS_MAX) {
            accounts.values().removeIf(account -> account.isAsNew(now));
        }
        String known = accounts.size() < ACCOUNTS_MAX || accounts.containsKey(name) ? name : OTHERS;
        return accounts.computeIfAbsent(known, _ -> new AuditAccount(now));
    }

    private void tell(AuditAccount account) {
        summary(account).forEach(log::note);
    }

    private synchronized List<AuditEvent> summary(AuditAccount account) {
        return account.summary().stream().toList();
    }

    /** Writes what was only counted up to now. */
    @Override
    public void close() {
        List<AuditAccount> all;
        synchronized (this) {
            all = List.copyOf(accounts.values());
        }
        all.forEach(this::tell);
    }
}
