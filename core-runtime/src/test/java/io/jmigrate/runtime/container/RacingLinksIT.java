package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody who shares the root filesystem exchanges a mount's destination for a link out of it, over and over. */
class RacingLinksIT extends OnRealHost {
    private static final int CONTAINERS = 25;

    private TestBundle bundle;
    private Path outside;

    @BeforeEach
    void prepare() throws IOException {
        bundle = host.bundle();
        outside = Files.createDirectories(host.files().resolve("outside/deep")).getParent();
    }

    /** By renames, so that only for moments there is nothing. */
    private void exchange(AtomicBoolean over) {
        Path place = bundle.rootfs().resolve("swap");
        Path link = bundle.rootfs().resolve("link");
        Path aside = bundle.rootfs().resolve("aside");
        try {
            Files.createSymbolicLink(link, Path.of("../".repeat(20) + outside));
            while (!over.get()) {
                Files.move(place, aside);
                Files.move(link, place);
                Files.move(place, link);
                Files.move(aside, place);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void neverLeadAMountOutOfTheRoot() throws Exception {
        Files.createDirectories(bundle.rootfs().resolve("swap/deep"));
        bundle.changed(config -> config.withArray("mounts")
                        .addObject()
                        .put("destination", "/swap/deep/made")
                        .put("type", "tmpfs")
                        .put("source", "racing"))
                .shell("true");
        AtomicBoolean over = new AtomicBoolean();
        Thread exchanging = Thread.ofPlatform().start(() -> exchange(over));
        int refused = 0;
        try {
            for (int i = 0; i < CONTAINERS; i++) {
                refused += runs() ? 0 : 1;
            }
        } finally {
            over.set(true);
            exchanging.join();
        }

        assertThat(refused).isLessThan(CONTAINERS);
        try (Stream<Path> made = Files.list(outside.resolve("deep"))) {
            assertThat(made).isEmpty();
        }
        assertThat(MountInfo.ofSelf()).extracting(MountInfo::source).doesNotContain("racing");
    }

    /** It may be refused: in the middle of an exchange there is no destination. */
    private boolean runs() {
        try {
            return host.run(bundle).status().success();
        } catch (Failure e) {
            return false;
        }
    }
}
