package io.jmigrate.cli.startup;

import io.jmigrate.runtime.linux.Signal;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container that migrates from one runtime root of this host to another, by the commands that users give. */
final class RehearsedMigration {
    private static final Pattern LISTENING = Pattern.compile("listening on (\\S+)\n");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 20;

    private final Path bundle;
    private final Path source;
    private final Path destination;
    private final String id = "jmigrate-rehearsal-" + ProcessHandle.current().pid();

    private RehearsedMigration(Path bundle) {
        this.bundle = bundle;
        this.source = bundle.resolveSibling("source");
        this.destination = bundle.resolveSibling("destination");
    }

    /**
     * Migrates a container, and removes it. Where there can be no containers, or no CRIU, that fails, and standard error says so:
     * the cache knows less then.
     *
     * @param bundle of a program that stays; both runtime roots are made beside it
     */
    static void of(Path bundle) {
        RehearsedMigration migration = new RehearsedMigration(bundle);
        try {
            migration.run();
        } catch (IllegalStateException | CompletionException e) {
            System.getLogger(RehearsedMigration.class.getName())
                    .log(Level.WARNING, "no migration was rehearsed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            migration.remove(migration.source);
            migration.remove(migration.destination);
        }
    }

    private void run() throws InterruptedException {
        RehearsedCommand node =
                new RehearsedCommand(destination, "node", "serve", "--insecure", "--listen", "127.0.0.1:0");
        CompletableFuture<Void> serving = CompletableFuture.runAsync(node::run);
        try {
            new RehearsedCommand(source, "run", "--detach", "--bundle", bundle.toString(), id).run();
            new RehearsedCommand(source, "migrate", id, "--to", address(node, serving), "--insecure").run();
        } finally {
            node.signal(Signal.TERM);
            serving.exceptionally(_ -> null)
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }

    private static String address(RehearsedCommand node, CompletableFuture<Void> serving) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Matcher said = LISTENING.matcher(node.said());
        while (!said.find()) {
            if (serving.isDone() || System.nanoTime() > deadline) {
                throw new IllegalStateException("no node listens: " + node.said());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            said = LISTENING.matcher(node.said());
        }
        return said.group(1);
    }

    private void remove(Path root) {
        if (Files.exists(root.resolve(id))) {
            new RehearsedCommand(root, "delete", "--force", id).run();
        }
    }
}
