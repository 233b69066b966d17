package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.config.RootLayers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Containers whose root filesystem is an overlay that the runtime mounts. */
class ContainerLayersIT {
    private RealHost host;
    private TestBundle bundle;
    private Path image;

    @BeforeEach
    void makeABundleOfLayers() throws IOException {
        host = RealHost.open();
        bundle = host.bundle();
        image = Files.move(bundle.rootfs(), bundle.directory().resolve("image"));
        for (String name : List.of("rootfs", "upper", "work")) {
            Files.createDirectory(bundle.directory().resolve(name));
        }
        String layers = new RootLayers(List.of(image.toString()), "upper", "work").annotation();
        bundle = bundle.shell("echo written > /data/new; while :; do sleep 1; done")
                .changed(config -> config.putObject("annotations").put(RootLayers.ANNOTATION, layers));
    }

    @AfterEach
    void close() {
        if (host != null) {
            host.close();
        }
    }

    private boolean isMounted() {
        return MountInfo.ofSelf().stream()
                .anyMatch(mount -> mount.mountPoint().equals(bundle.rootfs().toString()));
    }

    @Test
    void theyAreMountedAsLongAsTheContainerExists() {
        ContainerRecord record = host.start(bundle);
        assertThat(isMounted()).isTrue();
        assertThat(bundle.rootfs().resolve("bin/busybox")).exists();
        host.containers().delete().delete(new DeleteRequest(record.id(), true));
        assertThat(isMounted()).isFalse();
        assertThat(bundle.directory().resolve("upper/bin")).doesNotExist();
        assertThat(image.resolve("data/new")).doesNotExist();
        assertThat(host.leftovers(record.id())).isEmpty();
        host.start(bundle);
        assertThat(isMounted()).isTrue();
    }

    /** A container of the same name below another runtime root keeps its own. */
    @Test
    void theyAreTakenAwayFromAContainerWhoseRecordCannotBeRead() throws IOException {
        ContainerRecord record = host.start(bundle);
        Files.writeString(host.root().resolve(record.id().value()).resolve("state.json"), "{\"version\": 1, \"id");
        RootMount.unmountAll(host.root().resolve("other"), record.id());
        assertThat(isMounted()).isTrue();

        host.containers().delete().delete(new DeleteRequest(record.id(), true));
        assertThat(isMounted()).isFalse();
        assertThat(host.leftovers(record.id())).isEmpty();
    }

    @Test
    void aSecondContainerOfThemIsRefusedAndTakesNothingFromTheFirst() {
        host.start(bundle);
        assertThatThrownBy(() -> host.start(bundle))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("something is mounted at the root filesystem");
        assertThat(bundle.rootfs().resolve("bin/busybox")).exists();
    }

    @Test
    void aContainerThatCannotBeMadeLeavesNoMount() {
        TestBundle without = bundle.running("/no/such/program");
        assertThatThrownBy(() -> host.start(without)).isInstanceOf(Failure.class);
        assertThat(isMounted()).isFalse();
        assertThat(bundle.directory().resolve("upper")).isEmptyDirectory();
    }

    @Test
    void aPlaceForARestoreShowsWhatHasComeSince() throws IOException {
        ContainerId id = RealHost.newId();
        try (RestoreSlot slot = host.containers().prepareRestore(RestoreReservation.of(id, bundle.directory()))) {
            assertThat(slot.root().resolve("bin/busybox")).exists();
            Files.writeString(bundle.directory().resolve("upper/late"), "late");
            Files.writeString(bundle.directory().resolve("upper/bin"), "no directory any more");
            slot.renewRoot();
            assertThat(slot.root().resolve("late")).hasContent("late");
            assertThat(slot.root().resolve("bin")).isRegularFile();
        }
        assertThat(isMounted()).isFalse();
        assertThat(host.leftovers(id)).isEmpty();
    }
}
