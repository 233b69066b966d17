package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void isClosedToOthersAndGoneAtTheEnd() throws IOException {
        try (ScratchDirectory scratch = ScratchDirectory.in(parent)) {
            assertThat(Files.getPosixFilePermissions(scratch.path()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(scratch.path().resolve("a/b"));
            Files.createFile(scratch.path().resolve("a/b/c"));
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatAKilledProcessHasLeftIsRemovedWithTheNext() throws IOException {
        Path left = Files.createDirectories(parent.resolve(".jmigrate-123/checkpoint"));
        Files.writeString(left.resolve("pages-1.img"), "memory");

        try (ScratchDirectory scratch = ScratchDirectory.in(parent)) {
            assertThat(parent.toFile().list())
                    .containsExactly(scratch.path().getFileName().toString());
        }
    }

    @Test
    void soIsWhatItHadNotLockedYet() throws IOException {
        Files.createDirectory(parent.resolve(".new-jmigrate-123"));
        ScratchDirectory.in(parent).close();
        assertThat(parent).isEmptyDirectory();
    }

    /** Each looks for leftovers while others make theirs. */
    @Test
    void manyAtOnceDoNotTakeEachOtherForLeftovers() throws Exception {
        Callable<Void> use = () -> {
            for (int i = 0; i < 30; i++) {
                try (ScratchDirectory scratch = ScratchDirectory.in(parent)) {
                    Files.createFile(scratch.path().resolve("file"));
                }
            }
            return null;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (Future<Void> each : threads.invokeAll(Collections.nCopies(6, use))) {
                each.get();
            }
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatIsInUseIsLeftAlone() {
        try (ScratchDirectory first = ScratchDirectory.in(parent);
                ScratchDirectory second = ScratchDirectory.beside(parent.resolve("web.tar.zst"))) {
            assertThat(first.path()).isDirectory();
            assertThat(second.path()).isDirectory().isNotEqualTo(first.path());
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void nothingThatOthersPutThereIsFollowedOrRemoved() throws IOException {
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        Files.createFile(elsewhere.resolve("file"));
        Path link = Files.createSymbolicLink(parent.resolve(".jmigrate-1"), elsewhere);
        Path file = Files.createFile(parent.resolve(".jmigrate-2"));
        Path inside = Files.createDirectory(parent.resolve(".jmigrate-3"));
        Files.createSymbolicLink(inside.resolve("link"), elsewhere);

        ScratchDirectory.in(parent).close();

        assertThat(inside).doesNotExist();
        assertThat(link).isSymbolicLink();
        assertThat(file).exists();
        assertThat(elsewhere.resolve("file")).exists();
    }

    @Test
    void aPlaceThatIsMissingIsAFailure() {
        assertThatThrownBy(() -> ScratchDirectory.in(parent.resolve("none")))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("cannot make a directory in " + parent.resolve("none"));
    }
}
