package io.jmigrate.migration.kept;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.plan.KeptTerms;
import io.jmigrate.pages.kept.KeptPages;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.store.NameLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What a node keeps, among all commands of it. Every method throws {@code Failure} TRANSFER. */
public final class KeptStore {
    /** Whoever holds the lock looks at a directory and removes files. The destination waits 30 s for one that leaves. */
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(5);

    private final KeptTerms terms;
    private final KeptFiles files;
    private final BooleanSupplier wanted;

    /** @param wanted whether it still is to be kept here */
    private KeptStore(KeptTerms terms, BooleanSupplier wanted) {
        this.terms = terms;
        this.wanted = wanted;
        this.files = new KeptFiles(terms.directory());
    }

    public static KeptStore at(KeptTerms terms) {
        return new KeptStore(terms, () -> true);
    }

    /** As the node service of this root has it that was started last; empty if that keeps nothing. */
    public static Optional<KeptStore> of(Path root) {
        KeptSetting setting = KeptSetting.of(root);
        return setting.read().map(terms -> new KeptStore(terms, () -> setting.names(terms.directory())));
    }

    /** How it is kept. */
    public KeptTerms terms() {
        return terms;
    }

    /** What is complete and not too old, the oldest first. */
    public List<KeptEntry> list() {
        return files.entries().stream().filter(entry -> !isTooOld(entry)).toList();
    }

    /** What is there takes so much. */
    public long bytes() {
        return files.bytes();
    }

    /** By the clock of this host: it may be set, and nobody waits by it. */
    private boolean isTooOld(KeptEntry entry) {
        return System.currentTimeMillis() - entry.keptAtMillis() > terms.age().toMillis();
    }

    /** Removes what is too old, what was not completed by somebody who is no more, and what there is no room for. */
    public void expire() {
        if (files.exist()) {
            locked(this::expired);
        }
    }

    private boolean expired() {
        files.removeAbandoned();
        for (KeptEntry oldest : files.entries()) {
            if (isTooOld(oldest) || files.bytes() > terms.bytesMax()) {
                files.remove(oldest.migration());
            }
        }
        return true;
    }

    /** Makes the directory, and removes what is not to be in it. */
    void prepare() {
        files.makeDirectory();
        expire();
    }

    /** Removes everything that nobody writes just now. @return what it took */
    public long clear() {
        return files.exist() ? locked(this::cleared) : 0;
    }

    private long cleared() {
        long before = files.bytes();
        files.entries().forEach(entry -> files.remove(entry.migration()));
        files.removeAbandoned();
        return before - files.bytes();
    }

    /** The same, and has it said elsewhere that nothing more is to be kept here: what is completed later sees that. */
    void leave(Runnable saying) {
        if (files.exist()) {
            locked(() -> {
                saying.run();
                return cleared();
            });
        } else {
            saying.run();
        }
    }

    /** Removes all that was kept of a container. */
    public void forget(String container) {
        if (files.exist()) {
            locked(() -> forgotten(container));
        }
    }

    private boolean forgotten(String container) {
        files.entries().stream()
                .filter(entry -> entry.container().equals(container))
                .forEach(entry -> files.remove(entry.migration()));
        return true;
    }

    /** What was kept of a container that went to this peer. @return closed by the caller */
    public Optional<KeptPages> open(String container, Fingerprint peer) {
        return list().reversed().stream()
                .filter(entry ->
                        entry.container().equals(container) && entry.peer().equals(peer.value()))
                .findFirst()
                .flatMap(this::open);
    }

    private Optional<KeptPages> open(KeptEntry entry) {
        return locked(() -> {
            if (!files.entries().contains(entry)) {
                return Optional.empty(); // it has just made room for another one
            }
            Fd pages = opened(files.pages(entry.migration()), OpenFlag.NO_FOLLOW);
            try {
                Fd names = opened(files.names(entry.migration()), OpenFlag.NO_FOLLOW);
                byte[] secret = HexFormat.of().parseHex(entry.secret());
                return Optional.of(
                        new KeptPages(pages, names, secret, entry.pages(), () -> files.remove(entry.migration())));
            } catch (RuntimeException e) {
                try (pages) {
                    throw e;
                }
            }
        });
    }

    /**
     * Begins to keep a container; what was kept of it before goes.
     *
     * @param migration by which it leaves
     */
    public Keeping begin(MigrationId migration, String container, Fingerprint peer) {
        long begun = System.nanoTime();
        files.makeDirectory();
        return locked(() -> {
            expired();
            forgotten(container);
            Fd pages = create(files.pages(migration.value()));
            try {
                Descriptors.tryLock(pages); // nobody else has ever seen it
                return new KeptDeparture(
                        this, migration.value(), container, peer, begun, pages, create(files.names(migration.value())));
            } catch (RuntimeException e) {
                try (pages) {
                    throw e;
                }
            }
        });
    }

    private static Fd create(Path file) {
        return opened(file, OpenFlag.READ_WRITE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE);
    }

    private static Fd opened(Path file, OpenFlag... flags) {
        try {
            return Descriptors.open(file, 0600, flags);
        } catch (LinuxException e) {
            throw KeptFiles.failed("open", file, e);
        }
    }

    /** From now on it is there, unless it is not to be kept any more. @return whether it is */
    boolean complete(KeptEntry entry) {
        return locked(() -> {
            boolean kept = wanted.getAsBoolean();
            if (kept) {
                files.complete(entry);
            }
            return kept;
        });
    }

    /** Removes what is there of one. */
    void remove(String migration) {
        files.remove(migration);
    }

    /**
     * Makes room for one that is being written, by removing what was kept first.
     *
     * @param pages its file, which gets this size
     * @param bytes that its files may take together
     * @return false if there can't be so much
     */
    boolean makeRoom(String migration, Fd pages, long bytes) {
        return locked(() -> {
            for (KeptEntry oldest : files.entries()) {
                if (fits(migration, bytes)) {
                    break;
                }
                files.remove(oldest.migration());
            }
            boolean fits = fits(migration, bytes);
            if (fits) {
                Descriptors.setSize(pages, bytes);
            }
            return fits;
        });
    }

    private boolean fits(String migration, long bytes) {
        return bytes <= terms.bytesMax() - (files.bytes() - files.bytes(migration));
    }

    private <R> R locked(Supplier<R> work) {
        files.makeDirectory();
        try (NameLock _ = NameLock.acquire(terms.directory().resolve("lock"), LOCK_LIMIT)) {
            return work.get();
        }
    }
}
