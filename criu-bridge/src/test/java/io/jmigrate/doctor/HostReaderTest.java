package io.jmigrate.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostReaderTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"'', NONE", "cgroup, V1", "cgroup2, V2", "'cgroup,cgroup2', HYBRID", "'tmpfs,ext4', NONE"})
    void cgroupsAreToldByWhatIsMounted(String types, CgroupLayout layout) {
        List<MountInfo> mounts = Stream.of(types.split(","))
                .map(type -> new MountInfo(1, 0, 0, 30, "/", "/sys/fs/cgroup", "rw", List.of(), type, "none", "rw"))
                .toList();

        assertThat(CgroupLayout.of(mounts)).isEqualTo(layout);
    }

    @Test
    void aProgramIsThereIfItCanBeExecuted() throws IOException {
        Path tar = Files.createFile(directory.resolve("tar"));
        List<Path> places = List.of(directory.resolve("gone"), directory);
        assertThat(HostReader.isInstalled(Program.TAR, places)).isFalse();

        Files.setPosixFilePermissions(tar, PosixFilePermissions.fromString("rwx------"));
        assertThat(HostReader.isInstalled(Program.TAR, places)).isTrue();
        assertThat(HostReader.isInstalled(Program.GZIP, places)).isFalse();
    }

    @Test
    void pipesMayHoldAPageAtLeast() {
        assertThat(HostReader.pipeBytesMax()).isGreaterThanOrEqualTo(4096);
    }

    @Test
    void roomIsToldOfDirectoriesThatAreThere() {
        assertThat(HostReader.free(directory)).isPresent();
        assertThat(HostReader.free(directory.resolve("gone"))).isEmpty();
    }
}
