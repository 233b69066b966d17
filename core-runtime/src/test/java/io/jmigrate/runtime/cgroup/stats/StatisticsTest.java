package io.jmigrate.runtime.cgroup.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.cgroup.stats.BlockIoUse.Entry;
import io.jmigrate.runtime.cgroup.stats.MemoryUse.Counter;
import io.jmigrate.runtime.config.CgroupPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts as kernels write them, in ordinary directories. */
class StatisticsTest {
    @TempDir
    private Path top;

    private CgroupPaths paths(String... controllers) {
        return new CgroupPaths(Stream.of(controllers)
                .map(name -> new CgroupPlace(name.isEmpty() ? List.of() : List.of(name), top, top))
                .toList());
    }

    private void file(String name, String... lines) throws IOException {
        Files.write(top.resolve(name), List.of(lines));
    }

    @Test
    void readsVersion1() throws IOException {
        file("cpuacct.usage", "500");
        file("cpuacct.stat", "user 3", "system 2");
        file("cpuacct.usage_percpu", "200 300 ");
        file("cpuacct.usage_all", "cpu user system", "0 150 50", "1 250 50");
        file("cpu.stat", "nr_periods 9", "nr_throttled 4", "throttled_time 77");
        file("memory.stat", "cache 11", "rss 12");
        file("memory.limit_in_bytes", "9223372036854771712");
        file("memory.usage_in_bytes", "100");
        file("memory.max_usage_in_bytes", "200");
        file("memory.failcnt", "3");
        file("memory.oom_control", "oom_kill_disable 0", "under_oom 0", "oom_kill 2");
        file("cpuset.cpus", "0-1,3");
        file("cpuset.sched_relax_domain_level", "-1");
        file("hugetlb.2MB.usage_in_bytes", "2097152");
        file("hugetlb.2MB.failcnt", "4");
        file("pids.current", "5");
        file("pids.max", "max");
        file("blkio.throttle.io_service_bytes_recursive", "254:0 Read 4096", "254:0 Write 1", "Total 4097");
        file("blkio.throttle.io_serviced_recursive", "254:0 Read 1", "Total 1");

        Statistics read = Statistics.of(paths("cpu", "cpuacct", "memory", "pids", "blkio", "cpuset", "hugetlb", ""));

        assertThat(read.cpu())
                .isEqualTo(new CpuUse(
                        500,
                        20_000_000,
                        30_000_000,
                        List.of(200L, 300L),
                        List.of(50L, 50L),
                        List.of(150L, 250L),
                        9,
                        4,
                        77));
        assertThat(read.memory().cache()).isEqualTo(11);
        assertThat(read.memory().memory()).isEqualTo(new Counter(9223372036854771712L, 100, 200, 3));
        assertThat(read.memory().withSwap()).isEqualTo(Counter.NONE);
        assertThat(read.memory().oomKills()).isEqualTo(2);
        assertThat(Statistics.oomKills(paths("memory", ""))).isEqualTo(2);
        assertThat(read.tasks()).isEqualTo(5);
        assertThat(read.tasksMax()).isZero();
        assertThat(read.cpuset().cpus()).containsExactly(0, 1, 3);
        assertThat(read.cpuset().mems()).isEmpty();
        assertThat(read.cpuset().settings())
                .containsEntry("sched_relax_domain_level", -1L)
                .containsEntry("mem_hardwall", 0L);
        assertThat(read.hugePages()).containsOnly(Map.entry("2MB", new HugePageUse(2097152, 0, 4)));
        assertThat(read.blockIo().bytes())
                .containsExactly(new Entry(254, 0, "Read", 4096), new Entry(254, 0, "Write", 1));
        assertThat(read.blockIo().operations()).containsExactly(new Entry(254, 0, "Read", 1));
    }

    @Test
    void readsVersion2InTermsOfVersion1() throws IOException {
        file(
                "cpu.stat",
                "usage_usec 5",
                "user_usec 3",
                "system_usec 2",
                "nr_periods 1",
                "nr_throttled 1",
                "throttled_usec 4");
        file("memory.stat", "anon 12", "file 11");
        file("memory.current", "100");
        file("memory.max", "1000");
        file("memory.peak", "200");
        file("memory.swap.current", "10");
        file("memory.swap.max", "500");
        file("memory.events", "low 0", "oom 3", "oom_kill 2");
        file(
                "cpu.pressure",
                "some avg10=1.25 avg60=0.50 avg300=0.25 total=4711",
                "full avg10=0.00 avg60=0.00 avg300=0.00 total=0");
        file("memory.pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=7");
        file("pids.current", "5");
        file("pids.max", "40");
        file("hugetlb.1GB.current", "1073741824");
        file("hugetlb.1GB.events", "max 6");
        file("io.stat", "254:0 rbytes=4096 wbytes=1 rios=2 wios=3 dbytes=0 dios=0", "7:0 ");

        Statistics read = Statistics.of(paths(""));

        assertThat(read.cpu()).isEqualTo(new CpuUse(5000, 2000, 3000, List.of(), List.of(), List.of(), 1, 1, 4000));
        assertThat(read.memory().cache()).isEqualTo(11);
        assertThat(read.memory().memory()).isEqualTo(new Counter(1000, 100, 200, 0));
        assertThat(read.memory().withSwap()).isEqualTo(new Counter(1500, 110, 0, 0));
        assertThat(read.memory().oomKills()).isEqualTo(2);
        assertThat(Statistics.oomKills(paths(""))).isEqualTo(2);
        assertThat(read.pressures().cpu())
                .contains(new Pressure(new Pressure.Share(1.25, 0.5, 0.25, 4711), Pressure.Share.NONE));
        assertThat(read.pressures().memory().orElseThrow().some().totalMicros()).isEqualTo(7);
        assertThat(read.pressures().io()).isEmpty();
        assertThat(read.tasksMax()).isEqualTo(40);
        assertThat(read.hugePages()).containsOnly(Map.entry("1GB", new HugePageUse(1073741824, 0, 6)));
        assertThat(read.blockIo().bytes())
                .containsExactly(new Entry(254, 0, "Read", 4096), new Entry(254, 0, "Write", 1));
        assertThat(read.blockIo().operations())
                .containsExactly(new Entry(254, 0, "Read", 2), new Entry(254, 0, "Write", 3));
    }

    @Test
    void readsZerosOfACgroupThatIsGone() {
        Statistics read = Statistics.of(paths("cpu", "cpuacct", "memory", "pids", "blkio"));

        assertThat(read.cpu().totalNanos()).isZero();
        assertThat(read.memory().memory()).isEqualTo(Counter.NONE);
        assertThat(read.blockIo()).isEqualTo(BlockIoUse.NONE);
    }

    @Test
    void saysWhichFileHoldsNoNumber() throws IOException {
        file("pids.current", "many");

        assertThatThrownBy(() -> Statistics.of(paths("pids", "")))
                .hasMessage(top.resolve("pids.current") + " holds no number: many");
    }
}
