package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Something else in the place of /dev/null, behind which files are masked (CVE-2025-31133). */
class HostileDevicesIT extends OnRealHost {
    @ParameterizedTest
    @CsvSource({"false, file exists", "true, too many levels of symbolic links"})
    void areRefusedInAnImage(boolean userNamespace, String reason) throws IOException {
        TestBundle bundle = host.bundle().changed(config -> config.withArray("mounts")
                .removeIf(mount -> mount.get("destination").asText().startsWith("/dev")));
        Files.createSymbolicLink(bundle.rootfs().resolve("dev/null"), Path.of("/etc/trap"));
        if (userNamespace) {
            bundle.inUserNamespace();
        }

        Failure failure = refused(bundle);

        assertThat(failure).hasMessageContaining("/dev/null").hasMessageEndingWith(": " + reason);
        assertThat(bundle.rootfs().resolve("etc/trap")).doesNotExist();
    }

    /** A hook does at the one dangerous moment what another container with the same volume would have to hit. */
    @ParameterizedTest
    @ValueSource(
            strings = {"ln -s /etc/trap", "ln -s /proc/sys/kernel/core_pattern", "mknod -m 666 %s c 1 5; :", "echo x >"
            })
    void areRefusedIfTheyComeWhileTheContainerIsMade(String replacement) throws IOException {
        TestBundle bundle = host.bundle();
        Path trap = Files.writeString(bundle.rootfs().resolve("etc/trap"), "trap");
        Path device = bundle.rootfs().resolve("dev/null");
        String script = "rm " + device + "; " + replacement.replace("%s", device.toString()) + " " + device;
        bundle.changed(config -> config.withObject("/hooks")
                .withArray("createContainer")
                .addObject()
                .put("path", "/bin/sh")
                .putArray("args")
                .add("sh")
                .add("-c")
                .add(script));

        assertThat(refused(bundle)).hasMessageMatching("mask /proc/k\\w+: no such device");
        assertThat(trap).hasContent("trap");
    }

    private Failure refused(TestBundle bundle) {
        ContainerId id = RealHost.newId();
        Failure failure = catchThrowableOfType(Failure.class, () -> host.create(id, bundle));
        assertThat(failure.code()).isEqualTo(RuntimeCode.INIT_FAILED);
        assertThat(host.leftovers(id)).isEmpty();
        return failure;
    }
}
