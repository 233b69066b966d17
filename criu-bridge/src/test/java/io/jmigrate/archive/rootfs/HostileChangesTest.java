package io.jmigrate.archive.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.FileExtents.Extent;
import io.jmigrate.runtime.linux.Processes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that somebody made who wants more than the root filesystem. */
class HostileChangesTest {
    private Path directory;
    private Path rootfs;
    private Path outside;

    @BeforeProperty
    @BeforeEach
    void makeTrees() throws IOException {
        directory = Files.createTempDirectory("jmigrate-changes");
        rootfs = Files.createDirectories(directory.resolve("rootfs/etc")).getParent();
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("kept"), "kept");
        Files.createSymbolicLink(rootfs.resolve("out"), outside);
    }

    @AfterProperty
    @AfterEach
    void remove() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static TreeEntry entry(String path, Kind kind, String link) {
        return new TreeEntry(path, kind, 0644, uid(), uid(), 0, 1, link, 0, Map.of());
    }

    private static int uid() {
        return Processes.effectiveUid();
    }

    static List<List<TreeEntry>> leadingOut() {
        return List.of(
                List.of(entry("../outside/new", Kind.FILE, "")),
                List.of(entry("/tmp/jmigrate-escape", Kind.FILE, "")),
                List.of(entry("etc/../../outside/new", Kind.FILE, "")),
                List.of(entry("out/new", Kind.FILE, "")),
                List.of(entry("out/new", Kind.DIRECTORY, "")),
                List.of(entry("a", Kind.SYMLINK, "../outside"), entry("a/new", Kind.FILE, "")),
                List.of(entry("h", Kind.HARD_LINK, "out/kept")),
                List.of(entry("h", Kind.HARD_LINK, "../outside/kept")),
                List.of(entry("h", Kind.HARD_LINK, "/etc/passwd")),
                List.of(entry("out/.wh.kept", Kind.FILE, "")),
                List.of(entry("../outside/.wh.kept", Kind.FILE, "")),
                List.of(entry("out/.wh..wh..opq", Kind.FILE, "")),
                List.of(entry(".wh...", Kind.FILE, "")),
                List.of(entry("sda", Kind.BLOCK_DEVICE, "")));
    }

    @ParameterizedTest
    @MethodSource("leadingOut")
    void nothingLeadsOut(List<TreeEntry> entries) throws IOException {
        assertThatThrownBy(() -> apply(tar(entries)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ArchiveCode.ARCHIVE_FORBIDDEN))
                .hasMessageStartingWith("the changed files of archive a.tar ");
        assertOutsideIsAsItWas();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[\"../outside/kept\"]", "[\"out/kept\"]", "[\"/../outside/kept\"]", "[\"\"]", "[\"etc/..\"]"})
    void nothingOutsideIsDeleted(String json) throws IOException {
        Path deleted = Files.writeString(directory.resolve("deleted.files"), json);
        assertThatThrownBy(() ->
                        RootfsChanges.apply("a.tar", new ChangedFiles(Optional.empty(), Optional.of(deleted)), rootfs))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ArchiveCode.ARCHIVE_FORBIDDEN));
        assertOutsideIsAsItWas();
    }

    @Test
    void marksHideWhatWasThereBefore() throws IOException {
        Files.writeString(rootfs.resolve("etc/old"), "old");
        Files.writeString(rootfs.resolve("motd"), "old");
        apply(tar(List.of(
                entry("etc/new", Kind.FILE, ""),
                entry("etc/.wh..wh..opq", Kind.FILE, ""),
                entry(".wh.motd", Kind.FILE, ""))));
        try (Stream<Path> etc = Files.list(rootfs.resolve("etc"))) {
            assertThat(etc).containsExactly(rootfs.resolve("etc/new"));
        }
        assertThat(rootfs.resolve("motd")).doesNotExist();
    }

    /** Whatever it is taken for, it is applied below the root filesystem or refused. */
    @Property(tries = 300)
    void flippedBitsAndCuts(
            @ForAll @IntRange(max = Integer.MAX_VALUE) int place,
            @ForAll @IntRange(max = 7) int bit,
            @ForAll boolean cut)
            throws IOException {
        byte[] good = withHoles();
        byte[] changed = cut ? Arrays.copyOf(good, place % good.length) : good.clone();
        if (!cut) {
            changed[place % good.length] ^= (byte) (1 << bit);
        }
        try {
            apply(changed);
        } catch (Failure failure) {
            assertThat(failure.code()).isInstanceOf(ArchiveCode.class);
        }
        assertOutsideIsAsItWas();
    }

    private static byte[] withHoles() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SparseMap map = new SparseMap(List.of(new Extent(0, 512), new Extent(1 << 20, (1 << 20) + 512)), 2 << 20);
        try (PaxTarOutput tar = new PaxTarOutput(bytes)) {
            tar.entry(entry("etc/" + "n".repeat(120), Kind.FILE, ""));
            tar.entry(entry("l", Kind.SYMLINK, "etc"));
            tar.entry(new TreeEntry(
                    "x", Kind.FILE, 0600, uid(), uid(), 0, 5, "", 0, Map.of("user.x", new byte[] {0, 1})));
            tar.sparse(new TreeEntry("s", Kind.FILE, 0600, uid(), uid(), map.size(), 5, "", 0, Map.of()), map);
            tar.content(new byte[1024], 1024);
        }
        return bytes.toByteArray();
    }

    private static byte[] tar(List<TreeEntry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PaxTarOutput tar = new PaxTarOutput(bytes)) {
            for (TreeEntry entry : entries) {
                tar.entry(entry);
            }
        }
        return bytes.toByteArray();
    }

    private void apply(byte[] tar) throws IOException {
        Path file = Files.write(directory.resolve("rootfs-diff.tar"), tar);
        RootfsChanges.apply("a.tar", new ChangedFiles(Optional.of(file), Optional.empty()), rootfs);
    }

    private void assertOutsideIsAsItWas() throws IOException {
        assertThat(outside.resolve("kept")).hasContent("kept");
        try (Stream<Path> there = Files.list(outside)) {
            assertThat(there).hasSize(1);
        }
        assertThat(Path.of("/tmp/jmigrate-escape")).doesNotExist();
    }
}
