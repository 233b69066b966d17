package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.lines;
import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Containers with a user namespace, with all the mounts that a container has. */
class UserNamespaceIT {
    private static final String MAKE_BUNDLE = "../test-images/make-bundle";
    private static final int CYCLES = 2;
    private static final String COUNT = "while :; do i=$((i+1)); echo $i; usleep 10000; done";
    private static final String TALK_TO_ITSELF =
            "sleep 1000000 | nc -l -p 7000 > /data/numbers & until netstat -tln | grep -q :7000; do usleep 10000; done; "
                    + COUNT + " | nc 127.0.0.1 7000";
    private static final List<String> IDENTITY = List.of("--user-namespace");
    private static final List<String> SHIFTED = List.of("--first-id", "100000");

    @TempDir
    Path directory;

    private ContainerFixture fixture;

    @BeforeEach
    void open() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        fixture = ContainerFixture.open(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    static Stream<Arguments> idsAndUsers() {
        return Stream.of(IDENTITY, SHIFTED).flatMap(ids -> Stream.of(Arguments.of(ids, 0), Arguments.of(ids, 1000)));
    }

    static Stream<Arguments> twoOfThem() {
        return Stream.of(Arguments.of(IDENTITY, 1000), Arguments.of(SHIFTED, 0));
    }

    @ParameterizedTest
    @MethodSource("idsAndUsers")
    void itIsDumpedAndRestoredTwiceInARow(List<String> ids, int uid) throws IOException {
        Path bundle = bundle(ids, uid, COUNT + " > /data/numbers");
        ContainerId id = fixture.runShell("userns", bundle, nullStreams());
        awaitProgress(bundle);
        List<String> mounts = mounts(id);
        assertThat(mounts).anyMatch(mount -> mount.startsWith("/sys sysfs "));

        cycle(id, bundle);

        assertNoNumberIsLost(bundle);
        assertThat(mounts(id)).containsExactlyInAnyOrderElementsOf(mounts);
        int first = ids.equals(SHIFTED) ? 100_000 : 0;
        assertThat(Files.getAttribute(Path.of("/proc/" + fixture.root(id).pid()), "unix:uid"))
                .isEqualTo(first + uid);
    }

    /** Those of a user who isn't root are in EveryKindIT. */
    @Test
    void itsConnectionsAreKept() {
        Path bundle = bundle(SHIFTED, 0, TALK_TO_ITSELF);
        ContainerId id = fixture.runShell("tcp", bundle, nullStreams());
        awaitProgress(bundle);

        cycle(id, bundle);

        assertNoNumberIsLost(bundle);
    }

    @Test
    void itsSysfsShowsTheDevicesOfItsNetworkAndNobodyMayReadItsImages() throws IOException {
        Path bundle = bundle(SHIFTED, 0, "while :; do ls /sys/class/net >> /data/numbers; usleep 100000; done");
        ContainerId id = fixture.runShell("sysfs", bundle, nullStreams());
        awaitProgress(bundle);

        cycle(id, bundle);

        assertThat(Files.readAllLines(bundle.resolve("rootfs/data/numbers"))).containsOnly("lo");
        Path images = directory.resolve("images0");
        assertThat(Files.getPosixFilePermissions(images)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getAttribute(images, "unix:gid")).isEqualTo(0);
        assertThat(Files.getAttribute(images.resolve("inventory.img"), "unix:gid"))
                .isEqualTo(0);
    }

    @ParameterizedTest
    @MethodSource("twoOfThem")
    void inANetworkFromOutsideItIsRestoredWithoutConnections(List<String> ids, int uid) {
        Path bundle = bundle(inNetworkFromOutside(ids), uid, COUNT + " > /data/numbers");
        ContainerId id = fixture.runShell("outside", bundle, nullStreams());
        awaitProgress(bundle);

        cycle(id, bundle);

        assertNoNumberIsLost(bundle);
    }

    @Test
    void inANetworkFromOutsideAConnectionIsAnObstacle() {
        Path bundle = bundle(inNetworkFromOutside(SHIFTED), 0, TALK_TO_ITSELF);
        ContainerId id = fixture.runShell("connected", bundle, nullStreams());
        awaitProgress(bundle);

        assertThatThrownBy(() -> fixture.checkpoint().run(CheckpointRequest.of(id, directory.resolve("images"))))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(CriuCode.UNDUMPABLE);
                    assertThat(failure.details()).hasSize(2).allMatch(line -> line.contains("holds a TCP connection"));
                });

        awaitProgress(bundle);
    }

    @Test
    void imagesOfANetworkFromOutsideAreNoneOfItsOwn() {
        Path bundle = bundle(inNetworkFromOutside(SHIFTED), 0, COUNT + " > /data/numbers");
        ContainerId id = fixture.runShell("outside", bundle, nullStreams());
        awaitProgress(bundle);
        Path images = directory.resolve("images");
        fixture.checkpoint().run(CheckpointRequest.of(id, images));
        Path other = directory.resolve("own");
        ContainerFixture.run(List.of(MAKE_BUNDLE, "busybox", other.toString(), "--first-id", "100000"));

        assertThatThrownBy(() -> fixture.restore().run(RestoreRequest.of(id, other, images, nullStreams())))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.IMAGES_INVALID))
                .hasMessageContaining("whose config asks for one of its own");
        assertThat(fixture.containers().store().find(id)).isEmpty();
    }

    /** That of another container, which is made by the runtime and owned by no user namespace of its own. */
    private List<String> inNetworkFromOutside(List<String> ids) {
        Path bundle = directory.resolve("other");
        ContainerFixture.run(List.of(MAKE_BUNDLE, "busybox", bundle.toString()));
        ContainerId other = fixture.runShell("other", bundle, nullStreams());
        Path network = fixture.containers().inspect(other).networkNamespace().orElseThrow();
        List<String> arguments = new ArrayList<>(ids);
        arguments.addAll(List.of("--netns", network.toString()));
        return arguments;
    }

    private void cycle(ContainerId id, Path bundle) {
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            Path images = directory.resolve("images" + cycle);
            fixture.checkpoint().run(CheckpointRequest.of(id, images));
            fixture.restore().run(RestoreRequest.of(id, bundle, images, nullStreams()));
            awaitProgress(bundle);
        }
        assertThat(fixture.runs(id)).isTrue();
    }

    private Path bundle(List<String> ids, int uid, String script) {
        List<String> arguments = new ArrayList<>(ids);
        arguments.addAll(List.of("--uid", Integer.toString(uid), "--", "/bin/sh", "-c", script));
        return fixture.bundle("busybox", arguments.toArray(String[]::new));
    }

    private static void awaitProgress(Path bundle) {
        Path numbers = bundle.resolve("rootfs/data/numbers");
        long before = lines(numbers);
        await().until(() -> lines(numbers) > before + 2);
    }

    private static void assertNoNumberIsLost(Path bundle) {
        List<Integer> numbers = ContainerFixture.numbers(bundle.resolve("rootfs/data/numbers"));
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    /** Mount point, type and options of each mount, without what differs each time. */
    private List<String> mounts(ContainerId id) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + fixture.root(id).pid() + "/mountinfo")).stream()
                .map(line -> line.split(" "))
                .map(fields -> fields[4] + " " + fields[Arrays.asList(fields).indexOf("-") + 1] + " " + fields[5])
                .toList();
    }
}
