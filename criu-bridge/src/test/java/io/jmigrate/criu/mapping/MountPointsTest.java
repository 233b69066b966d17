package io.jmigrate.criu.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.spec.Specs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountPointsTest {
    @TempDir
    private Path bundle;

    private Path rootfs;

    @BeforeEach
    void makeRootfs() throws IOException {
        rootfs = Files.createDirectory(bundle.resolve("rootfs"));
        Files.createDirectory(bundle.resolve("directory"));
        Files.createFile(bundle.resolve("file"));
    }

    private void make(String... mounts) {
        String json = """
                {"ociVersion": "1.0.2", "root": {"path": "rootfs"},
                 "process": {"args": ["sh"], "cwd": "/", "user": {"uid": 0, "gid": 0}},
                 "mounts": [%s], "linux": {"namespaces": [{"type": "mount"}]}}
                """.formatted(String.join(",", mounts));
        MountPoints.make(Config.resolve(
                bundle,
                Specs.parse(json.getBytes(StandardCharsets.UTF_8), "config.json")
                        .spec()));
    }

    private String bind(String destination, String source) {
        return "{\"destination\": \"%s\", \"type\": \"bind\", \"source\": \"%s\", \"options\": [\"bind\"]}"
                .formatted(destination, bundle.resolve(source));
    }

    private static String tmpfs(String destination) {
        return "{\"destination\": \"%s\", \"type\": \"tmpfs\", \"source\": \"tmpfs\"}".formatted(destination);
    }

    @Test
    void whatIsMissingIsMadeAsWhatIsMountedThere() {
        make(tmpfs("/var/tmp"), bind("/etc/hosts", "file"), bind("/data", "directory"));
        assertThat(rootfs.resolve("var/tmp")).isEmptyDirectory();
        assertThat(rootfs.resolve("etc/hosts")).isEmptyFile();
        assertThat(rootfs.resolve("data")).isEmptyDirectory();
    }

    @Test
    void whatIsThereStays() throws IOException {
        Files.createDirectory(rootfs.resolve("etc"));
        Files.writeString(rootfs.resolve("etc/hosts"), "mine");
        make(bind("/etc/hosts", "file"));
        assertThat(rootfs.resolve("etc/hosts")).hasContent("mine");
    }

    @Test
    void whatIsWithinAnotherMountIsLeftToThatOne() {
        make(tmpfs("/dev"), tmpfs("/dev/shm"));
        assertThat(rootfs.resolve("dev")).isEmptyDirectory();
    }

    @Test
    void linksAreFollowedInsideTheRootAlone() throws IOException {
        Files.createSymbolicLink(rootfs.resolve("out"), Path.of("../.."));
        make(tmpfs("/out/made"));
        assertThat(rootfs.resolve("made")).isEmptyDirectory();
        assertThat(bundle.resolve("made")).doesNotExist();
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        Files.createFile(rootfs.resolve("etc"));
        assertThatThrownBy(() -> make(bind("/etc/hosts", "file")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.RESTORE_FAILED))
                .hasMessageStartingWith("cannot make the mount point " + rootfs.resolve("etc/hosts") + ": ");
    }

    /** Whoever gives up following links leaves one, and the host follows it. */
    @Test
    void noChainOfLinksLeadsOutOfTheRoot() throws IOException {
        Files.createSymbolicLink(rootfs.resolve("l0"), bundle.resolve("directory"));
        for (int i = 1; i <= 60; i++) {
            Files.createSymbolicLink(rootfs.resolve("l" + i), Path.of("l" + (i - 1)));
        }
        for (int i = 40; i <= 60; i++) {
            String destination = "/l" + i + "/nologin";
            assertThatThrownBy(() -> make(tmpfs(destination)))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.FILES_DIFFER));
        }
        assertThat(bundle.resolve("directory")).isEmptyDirectory();
    }
}
