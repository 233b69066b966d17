package io.jmigrate.criu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

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
    void linksThatGoInCirclesAreGivenUp() {
        assertThat(links.resolve("/loop/web")).isEqualTo("/loop/web");
        assertThat(links.resolve("/ping/web")).matches("/p[io]ng/web");
    }
}
