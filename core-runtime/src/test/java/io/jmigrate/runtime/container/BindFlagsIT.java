package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flags of a bind mount whose source has some already. */
class BindFlagsIT {
    private RealHost host;
    private TestBundle bundle;
    private Path source;

    @BeforeEach
    void mountSource() throws IOException {
        host = RealHost.open();
        bundle = host.bundle();
        source = Files.createDirectory(host.files().resolve("source"));
        Mounts.mount("tmpfs", source, "tmpfs", Set.of(MountFlag.NO_SUID, MountFlag.NO_EXEC), "mode=755");
    }

    @AfterEach
    void unmountSource() {
        if (host != null) {
            Mounts.umount(source, true);
            host.close();
        }
    }

    private TestBundle bound(String... options) {
        return bundle.changed(config -> {
            ObjectNode mount = config.withArray("mounts").addObject();
            mount.put("destination", "/data").put("type", "bind").put("source", source.toString());
            List.of(options).forEach(mount.putArray("options")::add);
        });
    }

    private List<String> flags() {
        ContainerRecord record = host.start(bundle);
        return MountInfo.ofProcess(record.state().init().orElseThrow().pid()).stream()
                .filter(mount -> mount.mountPoint().equals("/data"))
                .map(mount -> List.of(mount.options().split(",")))
                .toList()
                .getLast();
    }

    @Test
    void stayWithoutOptions() {
        bound("rbind");

        assertThat(flags()).containsExactly("rw", "nosuid", "noexec", "relatime");
    }

    @Test
    void areReplacedByOptions() {
        bound("bind", "ro", "nodev");

        assertThat(flags()).containsExactly("ro", "nodev", "relatime");
    }

    @Test
    void areTakenAwayByOptions() {
        bound("bind", "exec");

        assertThat(flags()).containsExactly("rw", "relatime");
    }

    @Test
    void areLockedInAUserNamespaceAndStay() {
        bound("bind", "ro", "nodev").inUserNamespace();

        assertThat(flags()).containsExactly("ro", "nosuid", "nodev", "noexec", "relatime");
    }

    @Test
    void canNotBeTakenAwayInAUserNamespace() {
        bound("bind", "exec").inUserNamespace();

        assertThatThrownBy(this::flags)
                .hasMessageContaining("onto /data: the flags of its source that the options take away are locked in a"
                        + " user namespace");
    }

    @Test
    void thatAreNotLockedCanBeTakenAwayInAUserNamespace() {
        bound("bind", "rw", "nosuid").inUserNamespace();

        assertThat(flags()).containsExactly("rw", "nosuid", "noexec", "relatime");
    }
}
