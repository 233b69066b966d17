package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Limits as the kernel holds them, seen from the host and from inside. */
class ContainerLimitsIT extends OnRealHost {
    private TestBundle bundle(Consumer<ObjectNode> change) {
        return host.bundle()
                .changed(
                        config -> change.accept((ObjectNode) config.get("linux").get("resources")));
    }

    private static Path file(ContainerRecord record, String controller, String name) {
        Path directory = record.cgroup().ofController(controller).orElseThrow();
        return directory.resolve(name);
    }

    private static void requireVersion1(String controller, String file) {
        Path directory = Path.of("/sys/fs/cgroup", controller);
        assumeTrue(Files.exists(directory.resolve(file)), "this host has no v1 " + controller + " with " + file);
    }

    /** Major and minor number of a disk. */
    private static Optional<String> disk() throws IOException {
        try (Stream<Path> disks = Files.list(Path.of("/sys/block"))) {
            List<Path> real =
                    disks.filter(disk -> Files.exists(disk.resolve("device"))).toList();
            return real.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Files.readString(real.getFirst().resolve("dev")).strip());
        }
    }

    @Test
    void holdAllThatVersion1Has() throws IOException {
        requireVersion1("memory", "memory.memsw.limit_in_bytes");
        requireVersion1("cpu", "cpu.rt_runtime_us");
        ContainerRecord record = host.start(bundle(resources -> {
            resources
                    .putObject("memory")
                    .put("limit", 64 << 20)
                    .put("reservation", 32 << 20)
                    .put("swap", 128 << 20)
                    .put("kernelTCP", 16 << 20)
                    .put("swappiness", 7)
                    .put("disableOOMKiller", true)
                    .put("useHierarchy", true);
            resources
                    .putObject("cpu")
                    .put("shares", 512)
                    .put("quota", 20_000)
                    .put("period", 40_000)
                    .put("burst", 1000)
                    .put("realtimePeriod", 900_000)
                    .put("realtimeRuntime", 0)
                    .put("cpus", "0")
                    .put("mems", "0");
            resources.putObject("pids").put("limit", 40);
        }));

        assertThat(file(record, "memory", "memory.limit_in_bytes")).hasContent((64 << 20) + "\n");
        assertThat(file(record, "memory", "memory.memsw.limit_in_bytes")).hasContent((128 << 20) + "\n");
        assertThat(file(record, "memory", "memory.soft_limit_in_bytes")).hasContent((32 << 20) + "\n");
        assertThat(file(record, "memory", "memory.kmem.tcp.limit_in_bytes")).hasContent((16 << 20) + "\n");
        assertThat(file(record, "memory", "memory.swappiness")).hasContent("7\n");
        assertThat(file(record, "memory", "memory.oom_control")).content().contains("oom_kill_disable 1");
        assertThat(file(record, "cpu", "cpu.shares")).hasContent("512\n");
        assertThat(file(record, "cpu", "cpu.cfs_period_us")).hasContent("40000\n");
        assertThat(file(record, "cpu", "cpu.cfs_quota_us")).hasContent("20000\n");
        assertThat(file(record, "cpu", "cpu.cfs_burst_us")).hasContent("1000\n");
        assertThat(file(record, "cpu", "cpu.rt_period_us")).hasContent("900000\n");
        assertThat(file(record, "cpuset", "cpuset.cpus")).hasContent("0\n");
        assertThat(file(record, "cpuset", "cpuset.mems")).hasContent("0\n");
        assertThat(file(record, "pids", "pids.max")).hasContent("40\n");
        String inside = "cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/cpu/cpu.cfs_quota_us";
        assertThat(host.exec(record.id(), "/bin/sh", "-c", inside).output())
                .containsExactly(Integer.toString(64 << 20), "20000");
    }

    @Test
    void holdThoseOfBlockDevices() throws IOException {
        requireVersion1("blkio", "blkio.throttle.read_bps_device");
        Optional<String> disk = disk();
        assumeTrue(disk.isPresent(), "this host has no disk");
        String[] numbers = disk.get().split(":");
        ContainerRecord record = host.start(bundle(resources -> {
            ObjectNode io = resources.putObject("blockIO");
            List<String> throttles = List.of(
                    "throttleReadBpsDevice",
                    "throttleWriteBpsDevice",
                    "throttleReadIOPSDevice",
                    "throttleWriteIOPSDevice");
            for (String name : throttles) {
                io.putArray(name)
                        .addObject()
                        .put("major", Integer.parseInt(numbers[0]))
                        .put("minor", Integer.parseInt(numbers[1]))
                        .put("rate", 1 << 20);
            }
        }));

        for (String name : List.of("read_bps", "write_bps", "read_iops", "write_iops")) {
            assertThat(file(record, "blkio", "blkio.throttle." + name + "_device"))
                    .hasContent(disk.get() + " " + (1 << 20) + "\n");
        }
    }

    /** The controller that this kernel has in the v2 hierarchy, beside v1 or alone. */
    @Test
    void holdThoseOfHugePagesWhereverTheirControllerIs() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB")), "no pages of 2 MB");
        assumeTrue(
                Files.readString(Path.of("/proc/cgroups")).contains("hugetlb"),
                "this kernel has no controller of huge pages");
        List<String> passedOn = passedOn();
        ContainerRecord record = host.start(bundle(resources -> resources
                .putArray("hugepageLimits")
                .addObject()
                .put("pageSize", "2MB")
                .put("limit", 4 << 20)));
        try {
            Path directory = record.cgroup()
                    .ofController("hugetlb")
                    .or(record.cgroup()::unified)
                    .orElseThrow();
            boolean version1 = record.cgroup().ofController("hugetlb").isPresent();
            for (String kind : List.of("", ".rsvd")) {
                String name = "hugetlb.2MB" + kind + (version1 ? ".limit_in_bytes" : ".max");
                assertThat(directory.resolve(name)).hasContent((4 << 20) + "\n");
            }
        } finally {
            host.containers().delete().delete(new DeleteRequest(record.id(), true));
            takeBack(passedOn);
        }
    }

    private static final Path PASSED_ON = Path.of("/sys/fs/cgroup/unified/cgroup.subtree_control");

    private static List<String> passedOn() throws IOException {
        return Files.exists(PASSED_ON)
                ? List.of(Files.readString(PASSED_ON).strip().split(" "))
                : List.of();
    }

    /** On a host that mounts v2 beside v1, what the top passes on now it did not before. */
    private static void takeBack(List<String> before) throws IOException {
        List<String> added = new ArrayList<>(passedOn());
        added.removeAll(before);
        for (String controller : added) {
            Files.writeString(PASSED_ON, "-" + controller);
        }
    }

    @Test
    void thatTheKernelRefusesLeaveNoContainer() {
        ContainerId id = RealHost.newId();
        TestBundle bundle = bundle(resources -> resources.putObject("cpu").put("cpus", "4000"));

        Failure failure = catchThrowableOfType(Failure.class, () -> host.create(id, bundle));

        assertThat(failure.code()).isEqualTo(RuntimeCode.LIMIT_REFUSED);
        assertThat(failure)
                .hasMessageStartingWith("cannot write \"4000\" to /sys/fs/cgroup/")
                .hasMessageContaining("cpuset.cpus for $.linux.resources.cpu.cpus: ");
        assertThat(host.leftovers(id)).isEmpty();
    }

    @Test
    void thatTheHostLacksLeaveNoContainer() {
        ContainerId id = RealHost.newId();
        TestBundle bundle = bundle(
                resources -> resources.putObject("rdma").putObject("mlx5_0").put("hcaHandles", 1));
        assumeTrue(!Files.exists(Path.of("/sys/class/infiniband")), "this host has RDMA");

        Failure failure = catchThrowableOfType(Failure.class, () -> host.create(id, bundle));

        assertThat(failure.code()).isEqualTo(RuntimeCode.UNSUPPORTED);
        assertThat(failure)
                .hasMessageStartingWith("this host can't set $.linux.resources.rdma.mlx5_0: there is no file");
        assertThat(host.leftovers(id)).isEmpty();
    }
}
