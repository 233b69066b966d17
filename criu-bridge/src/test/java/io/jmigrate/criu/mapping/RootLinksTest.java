package io.jmigrate.criu.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootLinksTest {
    @TempDir
    private Path rootfs;

    private RootLinks links;

    @BeforeEach
    void makeLinks() throws IOException {
        links = new RootLinks(rootfs);
        Files.createDirectories(rootfs.resolve("run/lock"));
        Files.createDirectories(rootfs.resolve("var/lib"));
        link("var/run", "/run");
        link("var/lock", "../run/lock");
        link("lock", "var/lock");
        link("out", "../../../../etc");
        link("var/out", "/../../etc");
        link("nowhere", "/not/there");
        link("loop", "loop");
        link("ping", "pong");
        link("pong", "ping");
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(rootfs.resolve(name), Path.of(target));
    }

    @ParameterizedTest
    @CsvSource({
        "/run/web, /run/web",
        "/var/run/web, /run/web",
        "/var/run, /run",
        "/var/lock/web, /run/lock/web",
        "/lock/web, /run/lock/web",
        "/var/run/../lib, /lib",
        "//var//run/./web/, /run/web",
        "/absent/run, /absent/run",
        "/nowhere/web, /not/there/web",
        "/, /",
    })
    void aPathIsFollowedAsTheContainerWould(String path, String resolved) {
        assertThat(links.resolve(path)).isEqualTo(resolved);
    }

    @ParameterizedTest
    @CsvSource({"/out/passwd, /etc/passwd", "/var/out/passwd, /etc/passwd", "/../../etc/passwd, /etc/passwd"})
    void noLinkLeadsOutOfTheRoot(String path, String resolved) {
        assertThat(links.resolve(path)).isEqualTo(resolved);
    }

    @Test
    void linksThatGoInCirclesAreAFailure() {
        isRefused("/loop/web");
        isRefused("/ping/web");
    }

    /** As many as the kernel follows, and one more, which the host would follow. */
    @Test
    void noLinkIsLeftInAPath() throws IOException {
        link("l1", "/run");
        for (int i = 2; i <= 40; i++) {
            link("l" + i, "l" + (i - 1));
        }
        assertThat(links.resolve("/l40/web")).isEqualTo("/run/web");
        link("l41", "l40");
        isRefused("/l41/web");
    }

    private void isRefused(String path) {
        assertThatThrownBy(() -> links.resolve(path))
                .hasMessageContaining("more than 40 symbolic links")
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.FILES_DIFFER));
    }
}
