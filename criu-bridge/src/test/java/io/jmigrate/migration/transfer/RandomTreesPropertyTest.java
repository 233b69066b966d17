package io.jmigrate.migration.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Trees that are changed at random between passes, and during them, arrive as they are. */
class RandomTreesPropertyTest {
    private interface Act {
        void on(CopiedTree tree, Consumer<Integer> change) throws IOException;
    }

    private static void with(long seed, Act act) throws IOException {
        Path directory = Files.createTempDirectory("trees");
        try {
            CopiedTree tree = new CopiedTree(directory);
            TreeMutation mutation = new TreeMutation(tree.source, seed, tree.sender::distrust);
            act.on(tree, times -> {
                try {
                    mutation.change(times);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        } finally {
            try (var names = Files.walk(directory)) {
                for (Path each : names.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static void isTheSame(CopiedTree tree) throws IOException {
        assertThat(TreeText.of(tree.target)).isEqualTo(TreeText.of(tree.source));
    }

    @Property(tries = 15)
    void changesBetweenPassesArrive(@ForAll long seed) throws IOException {
        with(seed, (tree, change) -> {
            for (int pass = 0; pass < 5; pass++) {
                change.accept(30);
                tree.pass();
                isTheSame(tree);
            }
        });
    }

    /** As when a container is frozen: the last pass sees all that was changed during the one before. */
    @Property(tries = 15)
    void changesDuringAPassArriveWithTheNext(@ForAll long seed) throws IOException {
        with(seed, (tree, change) -> {
            change.accept(60);
            for (int pass = 0; pass < 3; pass++) {
                TreeScan seen = tree.sender.look();
                CompletableFuture<Void> changing = CompletableFuture.runAsync(() -> change.accept(60));
                tree.sender.sendChanges(seen);
                changing.join();
                tree.receive();
                tree.pass();
                isTheSame(tree);
            }
        });
    }
}
