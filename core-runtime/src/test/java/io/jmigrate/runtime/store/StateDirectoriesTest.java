package io.jmigrate.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.Patience;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoriesTest {
    private static final Duration LIMIT = Patience.LIMIT;

    @TempDir
    Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A name is taken. */
    private static boolean reserve(StateDirectories store, String name, String state) {
        try (NameLock _ = store.lock(name, LIMIT)) {
            return store.reserve(name, bytes(state));
        }
    }

    @Test
    void givesANameToTheFirstWhoWantsIt() {
        StateDirectories store = new StateDirectories(directory.resolve("root"));

        assertThat(reserve(store, "a", "first")).isTrue();
        assertThat(reserve(store, "a", "second")).isFalse();
        assertThat(store.read("a")).hasValue(bytes("first"));
        assertThat(store.names()).containsExactly("a");
    }

    @Test
    void givesANameBackAndLeavesNothing() throws IOException {
        StateDirectories store = new StateDirectories(directory.resolve("root"));
        reserve(store, "a", "state");
        Files.writeString(store.directory("a").resolve("other"), "file");

        try (NameLock _ = store.lock("a", LIMIT)) {
            store.remove("a");
        }

        assertThat(store.names()).isEmpty();
        try (var entries = Files.walk(store.root())) {
            assertThat(entries.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(reserve(store, "a", "again")).isTrue();
    }

    @Test
    void finishesAReservationThatWasInterrupted() throws IOException {
        StateDirectories store = new StateDirectories(directory.resolve("root"));
        Files.createDirectories(store.root().resolve(".new-a"));
        Files.writeString(store.root().resolve(".new-a/state.json"), "torn");

        assertThat(store.names()).isEmpty();
        assertThat(reserve(store, "a", "state")).isTrue();
        assertThat(store.read("a")).hasValue(bytes("state"));
    }

    @Test
    void leavesDirectoriesAloneThatAreNoContainers() throws IOException {
        StateDirectories store = new StateDirectories(directory.resolve("root"));
        Files.createDirectories(store.directory("node"));
        Files.writeString(store.directory("node").resolve("key"), "secret");

        assertThat(reserve(store, "node", "state")).isFalse();
        assertThat(store.names()).isEmpty();
        assertThatThrownBy(() -> store.remove("node")).isInstanceOf(Failure.class);
        assertThat(store.directory("node").resolve("key")).hasContent("secret");
    }

    @Test
    void neverRemovesWhatIsBelowADirectoryInside() throws IOException {
        StateDirectories store = new StateDirectories(directory.resolve("root"));
        reserve(store, "a", "state");
        Files.createDirectories(store.directory("a").resolve("rootfs"));
        Files.writeString(store.directory("a").resolve("rootfs/data"), "precious");

        assertThatThrownBy(() -> store.remove("a")).isInstanceOf(Failure.class);
        assertThat(store.directory("a").resolve("rootfs/data")).hasContent("precious");
        assertThat(store.read("a")).isPresent();
    }

    @Test
    void excludesOthersWhileANameIsLocked() {
        StateDirectories store = new StateDirectories(directory.resolve("root"));
        try (NameLock _ = store.lock("a", LIMIT);
                NameLock _ = store.lock("b", LIMIT)) {
            assertThatThrownBy(() -> store.lock("a", Duration.ofMillis(20)))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(RuntimeCode.WRONG_STATE))
                    .hasMessageContaining("another command has been working on \"a\"");
        }
        store.lock("a", LIMIT).close();
    }

    @Test
    void letsOneInAtATimeHoweverManyWant() throws Exception {
        StateDirectories store = new StateDirectories(directory.resolve("root"));
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean crowded = new AtomicBoolean();
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 100; i++) {
                all.add(threads.submit(() -> {
                    try (NameLock _ = store.lock("a", LIMIT)) {
                        crowded.compareAndSet(false, inside.incrementAndGet() != 1);
                        inside.decrementAndGet();
                    }
                }));
            }
        }

        for (Future<?> each : all) {
            each.get();
        }
        assertThat(crowded).isFalse();
    }

    @Property(tries = 20)
    void showsAReaderAWholeStateWhateverWritersDo(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 100_000) Integer> sizes) throws Exception {
        Path root = Files.createTempDirectory("jm-store");
        StateDirectories store = new StateDirectories(root);
        reserve(store, "a", "x");
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Future<Integer> torn = threads.submit(() -> countTorn(store, done));
            List<Future<?>> writers = new ArrayList<>();
            for (int size : sizes) {
                writers.add(threads.submit(() -> write(store, size)));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            done.set(true);
            assertThat(torn.get()).isZero();
        }
        store.remove("a");
        Files.delete(root.resolve(".locks"));
        Files.delete(root);
    }

    private static void write(StateDirectories store, int size) {
        try (NameLock _ = store.lock("a", LIMIT)) {
            store.write("a", bytes("y".repeat(size - 1) + "x"));
        }
    }

    /** Whole states end with an x. */
    private static int countTorn(StateDirectories store, AtomicBoolean done) {
        int torn = 0;
        while (!done.get()) {
            byte[] state = store.read("a").orElseThrow();
            torn += state.length > 0 && state[state.length - 1] == 'x' ? 0 : 1;
        }
        return torn;
    }
}
