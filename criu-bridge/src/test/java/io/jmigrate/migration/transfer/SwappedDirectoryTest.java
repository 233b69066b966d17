package io.jmigrate.migration.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ExtendedAttributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container that puts a link to the host's files into the place of one of its directories, while these are copied. */
class SwappedDirectoryTest {
    private static final String SECRET = "the host's secret";

    @TempDir
    private Path directory;

    private CopiedTree tree;
    private Path outside;

    /** The same names within and outside, on one device. */
    @BeforeEach
    void make() throws IOException {
        tree = new CopiedTree(directory);
        outside = Files.createDirectory(directory.resolve("outside"));
        fill(Files.createDirectories(tree.source.resolve("a/d")), "its own");
        fill(outside, SECRET);
        Files.createFile(outside.resolve(SECRET));
    }

    private static void fill(Path where, String text) throws IOException {
        Path file = Files.writeString(where.resolve("file"), text);
        ExtendedAttributes.set(file, "user.text", text.getBytes(StandardCharsets.UTF_8));
        Files.createSymbolicLink(where.resolve("link"), Path.of(text));
        Files.createLink(where.resolve("second"), file);
        Path below = Files.createDirectory(where.resolve("below"));
        ExtendedAttributes.set(below, "user.text", text.getBytes(StandardCharsets.UTF_8));
        Files.writeString(below.resolve("another"), text);
    }

    private void swap() {
        try {
            Path swapped = tree.source.resolve("a/d");
            Files.move(swapped, tree.source.resolve("a/aside"));
            Files.createSymbolicLink(swapped, outside);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> withSecret(Map<String, String> text) {
        String attribute = Arrays.toString(SECRET.getBytes(StandardCharsets.UTF_8));
        return text.entrySet().stream()
                .filter(each -> (each.getKey() + each.getValue()).contains(SECRET)
                        || each.getValue().contains(attribute))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void nothingFromOutsideArrived() throws IOException {
        assertThat(withSecret(TreeText.of(tree.target))).isEmpty();
        try (var names = Files.walk(tree.target)) {
            for (Path each : names.filter(Files::isRegularFile).toList()) {
                assertThat(each).content().doesNotContain(SECRET);
            }
        }
    }

    @Test
    void isNotFollowedBetweenTheLookAndTheSending() throws IOException {
        tree.sender.sendChanges(tree.sender.look());
        tree.receive();
        Path within = tree.source.resolve("a/d");
        for (String each : List.of("file", "link", "below/another")) {
            Files.delete(within.resolve(each));
        }
        Files.writeString(within.resolve("file"), "its own, changed");
        Files.createSymbolicLink(within.resolve("link"), Path.of("changed"));
        Files.createSymbolicLink(within.resolve("below/another"), Path.of("changed"));
        Files.setLastModifiedTime(within.resolve("below"), FileTime.fromMillis(1));
        TreeScan seen = tree.sender.look();
        swap();
        tree.sender.sendChanges(seen);
        tree.receive();
        nothingFromOutsideArrived();
        tree.pass();
        assertThat(TreeText.of(tree.target).get("a/d")).contains("SYMLINK").contains(" to " + outside);
        assertThat(TreeText.of(tree.target)).isEqualTo(TreeText.of(tree.source));
    }

    @Test
    void isATransferThatFailsWhereNothingMayChange() {
        TreeScan seen = tree.sender.look();
        swap();
        assertThatThrownBy(() -> tree.sender.sendLast(seen))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(MigrationCode.TRANSFER))
                .hasMessageContaining("\"a/d\"");
    }

    @Test
    void isNotFollowedBetweenANamesLookAndItsList() throws IOException {
        int[] names = {0};
        TreeScan scan = TreeWalk.of(tree.source, _ -> {
            if (++names[0] == 2) { // "a", and "a/d", which is known as a directory now
                swap();
            }
            return true;
        });
        assertThat(scan.found().get("a/d").kind()).hasToString("DIRECTORY");
        assertThat(scan.found().keySet()).noneMatch(name -> name.startsWith("a/d/"));
    }

    @Test
    void staysTheOneThatWasOpened() throws IOException {
        try (OpenedTree opened = OpenedTree.of(tree.source)) {
            Path file = opened.at("a/d/file");
            swap();
            assertThat(file).hasContent("its own");
            assertThat(opened.at("a/d/link")).isSymbolicLink();
            assertThat(Files.readSymbolicLink(opened.at("a/d/link"))).hasToString("its own");
            assertThat(opened.stamp("a/d").kind()).hasToString("SYMLINK");
            assertThatThrownBy(() -> opened.at("a/d/file")).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> opened.at("a/d/below/another")).isInstanceOf(NoSuchFileException.class);
            assertThat(opened.at("a/aside/below/another")).hasContent("its own");
        }
    }
}
