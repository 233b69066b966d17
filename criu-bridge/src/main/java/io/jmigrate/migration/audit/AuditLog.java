package io.jmigrate.migration.audit;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.identity.NodeIdentity;
import io.jmigrate.migration.identity.PrivateFile;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.store.NameLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of {@code ROOT/node/audit.jsonl}, mode 0600; when it is full it becomes {@code audit.1.jsonl}, and so on up to {@value #KEPT}.
 * Several processes may write.
 */
public final class AuditLog {
    private static final int KEPT = 4;
    private static final long BYTES_MAX = 4L << 20;
    /** Whoever holds the lock writes one line. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path directory;
    private final long bytesMax;

    /**
     * What is in the files.
     *
     * @param events the oldest first
     * @param unreadable lines that are no events
     */
    public record Contents(List<AuditEvent> events, int unreadable) {
        public Contents {
            events = List.copyOf(events);
        }
    }

    AuditLog(Path directory, long bytesMax) {
        this.directory = directory;
        this.bytesMax = bytesMax;
    }

    /** @param root the runtime root */
    public static AuditLog of(Path root) {
        return new AuditLog(root.resolve(NodeIdentity.DIRECTORY), BYTES_MAX);
    }

    /**
     * Writes a line, and has it on the disk if it is a decision.
     *
     * @throws Failure AUDIT if it can't be written: what can't be told afterwards is not to be done
     */
    public synchronized void require(AuditEvent event) {
        try {
            PrivateFile.makeDirectory(directory);
            try (NameLock _ = NameLock.acquire(directory.resolve("audit.lock"), PATIENCE)) {
                rotate();
                append(AuditText.json(event) + "\n", event.isDecision());
            }
        } catch (IOException e) {
            throw Failure.of(MigrationCode.AUDIT, "cannot write the audit log " + file(0) + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** Writes a line about what has happened already: if it can't be written, the log of the service says so. */
    public void note(AuditEvent event) {
        try {
            require(event);
        } catch (Failure e) {
            System.getLogger(AuditLog.class.getName())
                    .log(System.Logger.Level.ERROR, "not in the audit log: " + AuditText.json(event), e);
        }
    }

    private Path file(int age) {
        return directory.resolve(age == 0 ? "audit.jsonl" : "audit." + age + ".jsonl");
    }

    private void rotate() throws IOException {
        if (!Files.exists(file(0)) || Files.size(file(0)) < bytesMax) {
            return;
        }
        for (int age = KEPT; age > 0; age--) {
            if (Files.exists(file(age - 1))) {
                Files.move(file(age - 1), file(age), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private void append(String line, boolean force) throws IOException {
        try (FileChannel out = PrivateFile.append(file(0))) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            if (force) {
                out.force(true);
            }
        }
    }

    /** All that is kept. @throws Failure AUDIT */
    public synchronized Contents read() {
        List<AuditEvent> events = new ArrayList<>();
        int unreadable = 0;
        try {
            for (int age = KEPT; age >= 0; age--) {
                for (String line : Files.exists(file(age)) ? Files.readAllLines(file(age)) : List.<String>of()) {
                    unreadable += AuditText.parse(line).map(events::add).orElse(false) ? 0 : 1;
                }
            }
        } catch (IOException e) {
            throw Failure.of(MigrationCode.AUDIT, "cannot read the audit log in " + directory + ": " + IoReason.of(e))
                    .withCause(e);
        }
        return new Contents(events, unreadable);
    }
}
