package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mounts whose destination is, or lies behind, a symbolic link to what does not exist yet. */
class DanglingLinksIT extends OnRealHost {
    private Path source;
    private TestBundle bundle;

    @BeforeEach
    void prepare() throws IOException {
        source = Files.createDirectory(host.files().resolve("source"));
        Files.writeString(source.resolve("file"), "content\n");
        bundle = host.bundle();
    }

    private void link(String name, String target) throws IOException {
        Path link = bundle.rootfs().resolve(name);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }

    private void bind(Path from, String destination) {
        bundle.changed(config -> config.withArray("mounts")
                .addObject()
                .put("destination", destination)
                .put("type", "bind")
                .put("source", from.toString())
                .withArray("options")
                .add("bind"));
    }

    @Test
    void areFollowedInsideTheRootFilesystem() throws IOException {
        link("srv/a", "/made/b");
        link("made/b", "../../../c/../d"); // more levels up than there are
        bind(source, "/srv/a/deep");
        bundle.shell("cat /d/deep/file");

        assertThat(host.run(bundle).output()).containsExactly("content");
        assertThat(bundle.rootfs().resolve("d/deep")).isDirectory();
        assertThat(host.files().resolve("d")).doesNotExist();
    }

    @Test
    void areFollowedToAFile() throws IOException {
        link("etc/resolv.conf", "../run/resolve/stub.conf");
        bind(source.resolve("file"), "/etc/resolv.conf");
        bundle.shell("cat /run/resolve/stub.conf");

        assertThat(host.run(bundle).output()).containsExactly("content");
        assertThat(bundle.rootfs().resolve("run/resolve/stub.conf")).isEmptyFile();
    }

    @Test
    void areRefusedWhenTheyLeadToEachOther() throws IOException {
        link("srv/a", "b");
        link("srv/b", "a");
        bind(source, "/srv/a/x");

        assertThatThrownBy(() -> host.run(bundle)).hasMessageContaining("too many levels of symbolic links");
    }

    @Test
    void areRefusedWhenTheyGrowForEver() throws IOException {
        link("srv/a", "a/b");
        bind(source.resolve("file"), "/srv/a");

        assertThatThrownBy(() -> host.run(bundle)).hasMessageContaining("too many levels of symbolic links");
    }
}
