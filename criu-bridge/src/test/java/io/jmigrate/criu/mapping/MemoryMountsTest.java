package io.jmigrate.criu.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.spec.Specs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryMountsTest {
    @TempDir
    private Path bundle;

    private Config config(String mount) throws IOException {
        Files.createDirectories(bundle.resolve("rootfs"));
        String json = """
                {"ociVersion": "1.0.2", "root": {"path": "rootfs"},
                 "process": {"args": ["sh"], "cwd": "/", "user": {"uid": 0, "gid": 0}},
                 "mounts": [%s],
                 "linux": {"namespaces": [{"type": "mount"}]}}
                """.formatted(mount);
        return Config.resolve(
                bundle,
                Specs.parse(json.getBytes(StandardCharsets.UTF_8), "config.json")
                        .spec());
    }

    private static final String SHM = "70 60 0:52 / /dev/shm rw,nosuid - tmpfs shm rw,size=65536k,inode64";

    private final List<String> mounts = new ArrayList<>(List.of("60 50 0:51 / / rw - ext4 /dev/vda rw"));

    private List<String> apart(String options) throws IOException {
        Config config =
                config("{\"destination\": \"/dev/shm\", \"type\": \"tmpfs\", \"source\": \"shm\", \"options\": ["
                        + options + "]}");
        return MemoryMounts.apart(config, MountInfo.parse(String.join("\n", mounts)), path -> path).stream()
                .map(MountInfo::mountPoint)
                .toList();
    }

    @Test
    void thoseOfTheConfigAsItHasThem() throws IOException {
        mounts.add(SHM);
        assertThat(apart("\"nosuid\", \"size=65536k\"")).containsExactly("/dev/shm");
        assertThat(apart("\"size=64m\"")).containsExactly("/dev/shm");
    }

    @Test
    void noneThatHasOtherLimitsByNow() throws IOException {
        mounts.add(SHM);
        assertThat(apart("\"size=32m\"")).isEmpty();
        assertThat(apart("\"size=1%\"")).isEmpty();
        assertThat(apart("\"nosuid\"")).isEmpty();
        assertThat(apart("\"size=64m\", \"nr_inodes=1k\"")).isEmpty();
        assertThat(apart("\"size=64m\", \"nr_blocks=7\"")).isEmpty();
    }

    @Test
    void noneThatAProgramHasMounted() throws IOException {
        mounts.add(SHM.replace("/dev/shm", "/mnt"));
        assertThat(apart("\"size=64m\"")).isEmpty();
    }

    @Test
    void noneOnWhichSomethingIsMountedOrThatIsMountedTwice() throws IOException {
        mounts.add(SHM);
        mounts.add("71 70 0:53 / /dev/shm/below rw - tmpfs tmpfs rw");
        assertThat(apart("\"size=64m\"")).isEmpty();
        mounts.set(2, "71 60 0:52 /a /other rw - tmpfs shm rw,size=65536k");
        assertThat(apart("\"size=64m\"")).isEmpty();
        mounts.set(2, "71 70 0:54 / /dev/shm rw - tmpfs shm rw,size=65536k");
        assertThat(apart("\"size=64m\"")).isEmpty();
    }

    @Test
    void noneThatCantBeWrittenOrIsShared() throws IOException {
        mounts.add(SHM.replace("rw,nosuid", "ro"));
        assertThat(apart("\"size=64m\"")).isEmpty();
        mounts.set(1, SHM.replace(" - ", " shared:9 - "));
        assertThat(apart("\"size=64m\"")).isEmpty();
    }

    @Test
    void noneOfAnotherType() throws IOException {
        mounts.add(SHM.replace("tmpfs", "ramfs"));
        assertThat(apart("\"size=64m\"")).isEmpty();
    }

    /** CRIU would take the rest of such a name for a path of the host. */
    @Test
    void noneWhoseNameEndsAKeyOfCriu() throws IOException {
        String evil = "/a]:/etc";
        Config config = config("{\"destination\": \"" + evil + "\", \"type\": \"tmpfs\", \"source\": \"shm\"}");
        assertThat(MemoryMounts.at(config, evil, path -> path)).isEmpty();
        assertThat(MemoryMounts.at(config, "/a", path -> path)).isEmpty();
        assertThatThrownBy(() -> RestoreMapping.external(evil, Path.of("/dev/shm/0")))
                .hasMessageContaining("]:");
    }
}
