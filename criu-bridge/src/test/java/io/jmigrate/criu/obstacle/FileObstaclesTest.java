package io.jmigrate.criu.obstacle;

import static io.jmigrate.criu.obstacle.SeenTree.HOST;
import static io.jmigrate.criu.obstacle.SeenTree.INSIDE;
import static io.jmigrate.criu.obstacle.SeenTree.ROOT;
import static io.jmigrate.criu.obstacle.SeenTree.file;
import static io.jmigrate.criu.obstacle.SeenTree.process;
import static io.jmigrate.criu.obstacle.SeenTree.regular;
import static io.jmigrate.criu.obstacle.SeenTree.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.configfile.CriuConfig;
import io.jmigrate.criu.mapping.OpenFile;
import io.jmigrate.criu.obstacle.ProcessParts.Mapping;
import io.jmigrate.criu.obstacle.ProcessParts.Place;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.runtime.linux.DeviceNumber;
import io.jmigrate.runtime.linux.LinkedFile;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileObstaclesTest {
    private static final int FIFO = 0010600;
    private static final int DIRECTORY = 0040755;
    private static final long MIB = 1 << 20;

    private final SeenTree seen = new SeenTree();

    @Test
    void aPipeThatKeepsPacketsIsNamed() {
        OpenFile packets = new OpenFile(4, "pipe:[9]", 14, 9, FIFO, 13, 0, 040001);
        OpenFile bytes = new OpenFile(5, "pipe:[10]", 14, 10, FIFO, 13, 0, 01);

        assertThat(seen.found(process(ROOT, 1, "sh", packets, bytes)))
                .containsExactly(
                        "process 40 (sh) holds a pipe that keeps the bounds of packets (O_DIRECT) (descriptor 4)");
    }

    @Test
    void aDirectoryOfTheHostIsAnObstacleWhateverItsNumber() {
        OpenFile directory = new OpenFile(1, "/srv", HOST, 2, DIRECTORY, 25, 0, 0200000);
        OpenFile own = new OpenFile(5, "/data", INSIDE, 3, DIRECTORY, 25, 0, 0200000);

        assertThat(seen.found(process(ROOT, 1, "sh", directory, own)))
                .containsExactly("process 40 (sh) holds /srv of the host (descriptor 1)");
    }

    @Test
    void whatAProcessIsInAndRunsIsNamedIfItIsTheHosts() {
        List<Place> places = List.of(
                new Place("working directory", "/srv", regular(2, 0, HOST)),
                new Place("program", "/bin/web", regular(1, 0, INSIDE)),
                new Place("root directory", "/", regular(2, 0, -1))); // an old kernel tells no mount

        assertThat(seen.found(
                        with(new ProcessParts(Map.of(), Map.of(), places, List.of(), false), process(ROOT, 1, "web"))))
                .containsExactly("the working directory of process 40 (web), /srv, is none of the container's");
    }

    @Test
    void aDeletedFileIsNamedOnceIfItIsLargerThanTheLimit() {
        OpenFile scratch = file(4, "/data/scratch (deleted)", INSIDE);
        Map<Integer, LinkedFile> deleted = Map.of(4, regular(0, 300 * MIB, INSIDE));
        ProcessParts parts = new ProcessParts(Map.of(), deleted, List.of(), List.of(), false);
        TreeProcess[] both = {
            with(parts, process(ROOT, 1, "db", scratch)), with(parts, process(41, ROOT, "worker", scratch))
        };
        assertThat(seen.found(both))
                .containsExactly("process 40 (db) holds /data/scratch (deleted) of 300 MiB (descriptor 4), and the dump"
                        + " takes along 256 MiB of one at most");

        seen.allowance = new DumpAllowance(false, 400 * MIB);
        assertThat(seen.found(both)).isEmpty();
    }

    @Test
    void oneThatHasAnotherNameStaysWhereItIs() {
        OpenFile renamed = file(4, "/data/first (deleted)", INSIDE);
        Map<Integer, LinkedFile> deleted = Map.of(4, regular(1, 300 * MIB, INSIDE));

        assertThat(seen.found(with(
                        new ProcessParts(Map.of(), deleted, List.of(), List.of(), false),
                        process(ROOT, 1, "db", renamed))))
                .isEmpty();
    }

    @Test
    void whatIsInMemoryAndNoFileOfTheContainersIsNamed() {
        List<Mapping> mappings = List.of(
                new Mapping("/lib/libc.so", regular(1, MIB, INSIDE)),
                new Mapping("/dev/zero", device(1, 5)),
                new Mapping("/dev/vga", device(10, 63)),
                new Mapping("anon_inode:[perf_event]", new LinkedFile(0600, 1, 0, new DeviceNumber(0, 0), 13)),
                new Mapping("/srv/data", regular(1, MIB, HOST)),
                new Mapping("/data/old (deleted)", regular(0, 257 * MIB, INSIDE)));

        assertThat(seen.found(
                        with(new ProcessParts(Map.of(), Map.of(), List.of(), mappings, false), process(ROOT, 1, "vm"))))
                .containsExactly(
                        "process 40 (vm) has the device /dev/vga in its memory (mmap(2)), of which CRIU dumps files alone",
                        "process 40 (vm) has a performance counter in its memory (mmap(2)), of which CRIU dumps files"
                                + " alone",
                        "process 40 (vm) has /data/old (deleted) of 257 MiB in its memory (mmap(2)), and the dump takes"
                                + " along 256 MiB of one at most",
                        "process 40 (vm) has /srv/data of the host in its memory (mmap(2))");
    }

    @Test
    void aProcessWithoutItsFirstThreadIsNamedAndItsChildrenStayInTheTree() {
        TreeProcess leaderless = new TreeProcess(
                41,
                "go",
                ROOT,
                false,
                true,
                OptionalInt.empty(),
                List.of(0, 0, 0, 0, 0, 0),
                SeenTree.namespaces(SeenTree.OWN),
                List.of(),
                ProcessParts.NONE);

        assertThat(seen.found(process(ROOT, 1, "init"), leaderless, process(42, 41, "child")))
                .containsExactly("the first thread of process 41 (go) has ended while others go on");
    }

    @Test
    void sharedMemoryOfSystemVIsAnObstacleInTheHostsNamespace() {
        ProcessParts parts = new ProcessParts(Map.of(), Map.of(), List.of(), List.of(), true);
        Map<NamespaceKind, Long> namespaces =
                Map.of(NamespaceKind.USER, SeenTree.OWN, NamespaceKind.IPC, Namespaces.ownInode(NamespaceKind.IPC));
        TreeProcess onHost = new TreeProcess(
                ROOT,
                "db",
                1,
                false,
                false,
                OptionalInt.empty(),
                List.of(0, 0, 0, 0, 0, 0),
                namespaces,
                List.of(),
                parts);

        assertThat(seen.found(onHost))
                .containsExactly(
                        "process 40 (db) has System V shared memory in the host's IPC namespace, which CRIU dumps"
                                + " only in one of the container's own");
        assertThat(seen.found(with(parts, process(ROOT, 1, "db")))).isEmpty();
    }

    @Test
    void filesInMemoryAreLookedAtOnceAndOnlyIfTheyAreFiles() {
        MappingReader reader = new MappingReader();
        List<String> lines = List.of(
                "00400000-00452000 r-xp 00000000 08:02 173521                     /usr/bin/dbus-daemon",
                "00651000-00652000 r--p 00051000 08:02 173521                     /usr/bin/dbus-daemon",
                "00e03000-00e24000 rw-p 00000000 00:00 0                          [heap]",
                "7efd569de000-7efd569ee000 rw-s 00000000 00:01 0                  /SYSV4b494e44 (deleted)",
                "7efd569df000-7efd569ef000 rw-s 00000000 00:01 5                  /memfd:a b (deleted)",
                "7efd569e0000-7efd569f0000 rw-s 00000000 00:0e 5                  anon_inode:[io_uring]",
                "7efd569e1000-7efd569f1000 rw-s 00000000 00:0a 5                  socket:[77]",
                "7efd569e2000-7efd569f2000 rw-p 00000000 00:00 0 ",
                "7efd569e3000-7efd569f3000 rw-s 00000000 00:06 312                /dev/with blank");

        assertThat(lines.stream().flatMap(line -> reader.candidate(line).stream()))
                .extracting(fields -> fields[5])
                .containsExactly("/usr/bin/dbus-daemon", "anon_inode:[io_uring]", "/dev/with blank");
        assertThat(lines.stream().flatMap(line -> reader.candidate(line).stream()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1048576, 1048576", "10M, 10485760", "3G, 3221225472", "7K, 7168", "x, 0", "5k, 5"})
    void sizesAreReadAsCriuDoes(String text, long bytes) {
        assertThat(DumpAllowance.bytes(text)).isEqualTo(bytes);
    }

    @Test
    void aConfigurationFileCountsMoreThanTheCommand() {
        assertThat(DumpAllowance.of(TreeOptions.NONE, CriuConfig.NONE)).isEqualTo(DumpAllowance.NONE);
        assertThat(DumpAllowance.of(
                        TreeOptions.NONE.withTcpSkipInFlight(true), CriuConfig.NONE.with("ghost-limit", "1G")))
                .isEqualTo(new DumpAllowance(true, 1 << 30));
        assertThat(Stream.of(CriuConfig.NONE.with("skip-in-flight", ""))
                        .map(config -> DumpAllowance.of(TreeOptions.NONE, config)))
                .containsExactly(new DumpAllowance(true, DumpAllowance.NONE.deletedFileBytes()));
    }

    private static LinkedFile device(int major, int minor) {
        return new LinkedFile(0020600, 1, 0, new DeviceNumber(major, minor), INSIDE);
    }
}
