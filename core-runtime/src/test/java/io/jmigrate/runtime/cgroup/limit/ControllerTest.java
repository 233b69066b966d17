package io.jmigrate.runtime.cgroup.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.spec.SpecReading;
import io.jmigrate.runtime.spec.Specs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControllerTest {
    private static final Predicate<String> EVERY_FILE = _ -> true;

    /** @param json the value of linux.resources, with ' for " */
    static Resources resources(String json) {
        String config = "{'linux': {'resources': " + json + "}}";
        SpecReading reading = Specs.parse(config.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "config.json");
        assertThat(reading.problems()).isEmpty();
        return Resources.resolve(reading.spec().linux().resources());
    }

    private static Predicate<String> only(String... files) {
        return Set.of(files)::contains;
    }

    private static List<String> version1(String json, Predicate<String> has) {
        return lines(Arrays.stream(Controller.values()).flatMap(each -> each.version1(resources(json), has).stream()));
    }

    private static List<String> version2(String json, Predicate<String> has) {
        return lines(Arrays.stream(Controller.values()).flatMap(each -> each.version2(resources(json), has).stream()));
    }

    private static List<String> lines(Stream<CgroupSetting> settings) {
        return settings.map(setting -> setting.file() + "=" + setting.value()).toList();
    }

    @Test
    void setsNothingThatIsNotGiven() {
        String zeros = "{'memory': {'limit': 0, 'swap': 0, 'swappiness': null},"
                + " 'cpu': {'shares': 0, 'quota': 0, 'period': 0, 'cpus': ''}, 'pids': {'limit': 0},"
                + " 'blockIO': {'weight': 0}, 'network': {'classID': 0}}";

        assertThat(version1(zeros, EVERY_FILE)).isEmpty();
        assertThat(version2(zeros, EVERY_FILE)).isEmpty();
    }

    @Test
    void setsEveryLimitOfMemoryInVersion1() {
        String json = "{'memory': {'limit': 100, 'reservation': 50, 'swap': 200, 'kernel': 5, 'kernelTCP': 7,"
                + " 'swappiness': 0, 'disableOOMKiller': true, 'useHierarchy': true}}";

        assertThat(version1(json, EVERY_FILE))
                .containsExactly(
                        "memory.limit_in_bytes=100",
                        "memory.memsw.limit_in_bytes=200",
                        "memory.soft_limit_in_bytes=50",
                        "memory.kmem.tcp.limit_in_bytes=7",
                        "memory.swappiness=0",
                        "memory.oom_control=1",
                        "memory.use_hierarchy=1");
    }

    @Test
    void enablesTheOomKillerAgainWhereItCanBeDisabled() {
        String json = "{'memory': {'disableOOMKiller': false}}";

        assertThat(version1(json, EVERY_FILE)).containsExactly("memory.oom_control=0");
        assertThat(version2(json, only())).isEmpty();
    }

    @Test
    void countsSwapAloneInVersion2() {
        assertThat(version2("{'memory': {'limit': 100, 'reservation': -1, 'swap': 150}}", EVERY_FILE))
                .containsExactly("memory.swap.max=50", "memory.max=100", "memory.low=max");
        assertThat(version2("{'memory': {'limit': -1, 'swap': 150}}", EVERY_FILE))
                .containsExactly("memory.swap.max=150", "memory.max=max");
    }

    @Test
    void liftsTheLimitOfSwapWithThatOfMemoryWhereSwapIsCounted() {
        String json = "{'memory': {'limit': -1}}";

        assertThat(version1(json, EVERY_FILE))
                .containsExactly("memory.limit_in_bytes=-1", "memory.memsw.limit_in_bytes=-1");
        assertThat(version1(json, only())).containsExactly("memory.limit_in_bytes=-1");
        assertThat(version2(json, EVERY_FILE)).containsExactly("memory.swap.max=max", "memory.max=max");
        assertThat(version2(json, only())).containsExactly("memory.max=max");
    }

    @Test
    void missesNoFileForSwapWhereNoneIsWanted() {
        assertThat(version2("{'memory': {'limit': 100, 'swap': 100}}", only())).containsExactly("memory.max=100");
        assertThat(version2("{'memory': {'limit': 100, 'swap': 101}}", only()))
                .containsExactly("memory.swap.max=1", "memory.max=100");
    }

    @Test
    void refusesSwapBelowMemory() {
        assertThatThrownBy(() -> version2("{'memory': {'limit': 100, 'swap': 50}}", EVERY_FILE))
                .hasMessageContaining("the limit of memory and swap, 50 bytes");
        assertThatThrownBy(() -> version2("{'memory': {'swap': 50}}", EVERY_FILE))
                .hasMessageContaining("needs a limit of memory");
    }

    @Test
    void setsEveryLimitOfProcessors() {
        String json = "{'cpu': {'shares': 1024, 'quota': 50000, 'period': 200000, 'burst': 0, 'realtimeRuntime': 5,"
                + " 'realtimePeriod': 1000, 'cpus': '0-1', 'mems': '0', 'idle': 0}}";

        assertThat(version1(json, EVERY_FILE))
                .containsExactly(
                        "cpuset.cpus=0-1",
                        "cpuset.mems=0",
                        "cpu.idle=0",
                        "cpu.shares=1024",
                        "cpu.cfs_period_us=200000",
                        "cpu.cfs_burst_us=0",
                        "cpu.cfs_quota_us=50000",
                        "cpu.rt_period_us=1000",
                        "cpu.rt_runtime_us=5");
        assertThat(version2(json, EVERY_FILE))
                .containsExactly(
                        "cpuset.cpus=0-1",
                        "cpuset.mems=0",
                        "cpu.idle=0",
                        "cpu.weight=100",
                        "cpu.max.burst=0",
                        "cpu.max=50000 200000",
                        "cpu.rt_period_us=1000",
                        "cpu.rt_runtime_us=5");
    }

    @Test
    void givesAnIdleGroupNoWeight() {
        assertThat(version1("{'cpu': {'shares': 1024, 'idle': 1}}", EVERY_FILE)).containsExactly("cpu.idle=1");
        assertThat(version2("{'cpu': {'shares': 1024, 'idle': 1}}", EVERY_FILE)).containsExactly("cpu.idle=1");
    }

    /** The numbers of runc's own test of the conversion, and of unsigned shares. */
    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,2", "1024,100", "262143,10000", "262144,10000", "18446744073709551615,10000"})
    void convertsSharesToWeights(String shares, int weight) {
        assertThat(version2("{'cpu': {'shares': " + shares + "}}", EVERY_FILE)).containsExactly("cpu.weight=" + weight);
    }

    @ParameterizedTest
    @CsvSource({"1", "262145", "18446744073709551615"})
    void refusesSharesThatAVersion1KernelWouldReplace(String shares) {
        assertThatThrownBy(() -> version1("{'cpu': {'shares': " + shares + "}}", EVERY_FILE))
                .hasMessage("$.linux.resources.cpu.shares must be from 2 to 262144, is " + shares);
    }

    @Test
    void completesAQuotaOrAPeriodInVersion2() {
        assertThat(version2("{'cpu': {'quota': 50000}}", EVERY_FILE)).containsExactly("cpu.max=50000 100000");
        assertThat(version2("{'cpu': {'period': 50000}}", EVERY_FILE)).containsExactly("cpu.max=max 50000");
        assertThat(version2("{'cpu': {'quota': -1}}", EVERY_FILE)).containsExactly("cpu.max=max 100000");
    }

    @Test
    void takesANegativeNumberOfProcessesForNoLimit() {
        assertThat(version1("{'pids': {'limit': -1}}", EVERY_FILE)).containsExactly("pids.max=max");
        assertThat(version2("{'pids': {'limit': 7}}", EVERY_FILE)).containsExactly("pids.max=7");
    }

    private static final String BLOCK_IO = "{'blockIO': {'weight': 500, 'leafWeight': 300,"
            + " 'weightDevice': [{'major': 8, 'minor': 0, 'weight': 10, 'leafWeight': 20}],"
            + " 'throttleReadBpsDevice': [{'major': 8, 'minor': 0, 'rate': 1}],"
            + " 'throttleWriteBpsDevice': [{'major': 8, 'minor': 0, 'rate': 18446744073709551615}],"
            + " 'throttleReadIOPSDevice': [{'major': 8, 'minor': 16, 'rate': 3}],"
            + " 'throttleWriteIOPSDevice': [{'major': 8, 'minor': 16, 'rate': 0}]}}";

    @Test
    void limitsBlockDevicesByTheSchedulerThatIsThere() {
        assertThat(version1(BLOCK_IO, EVERY_FILE))
                .containsExactly(
                        "blkio.weight=500",
                        "blkio.leaf_weight=300",
                        "blkio.leaf_weight_device=8:0 20",
                        "blkio.weight_device=8:0 10",
                        "blkio.throttle.read_bps_device=8:0 1",
                        "blkio.throttle.write_bps_device=8:0 18446744073709551615",
                        "blkio.throttle.read_iops_device=8:16 3",
                        "blkio.throttle.write_iops_device=8:16 0");
        assertThat(version1("{'blockIO': {'weight': 500}}", only("blkio.bfq.weight")))
                .containsExactly("blkio.bfq.weight=500");
        assertThat(version1("{'blockIO': {'weight': 500}}", only())).containsExactly("blkio.weight=500");
    }

    @Test
    void limitsBlockDevicesOfVersion2InOneFile() {
        assertThat(version2(BLOCK_IO, EVERY_FILE))
                .containsExactly(
                        "io.bfq.weight=500",
                        "blkio.leaf_weight=300",
                        "blkio.leaf_weight_device=8:0 20",
                        "io.bfq.weight=8:0 10",
                        "io.max=8:0 rbps=1",
                        "io.max=8:0 wbps=18446744073709551615",
                        "io.max=8:16 riops=3",
                        "io.max=8:16 wiops=max");
        assertThat(version2("{'blockIO': {'weight': 10}}", only())).containsExactly("io.weight=1");
        assertThat(version2("{'blockIO': {'weight': 1000}}", only())).containsExactly("io.weight=10000");
    }

    @Test
    void limitsReservedHugePagesWhereTheKernelCan() {
        String json = "{'hugepageLimits': [{'pageSize': '2MB', 'limit': 4194304}]}";

        assertThat(version1(json, EVERY_FILE))
                .containsExactly("hugetlb.2MB.limit_in_bytes=4194304", "hugetlb.2MB.rsvd.limit_in_bytes=4194304");
        assertThat(version2(json, only())).containsExactly("hugetlb.2MB.max=4194304");
    }

    @Test
    void marksPacketsAndLimitsRdma() {
        String json = "{'network': {'classID': 1048577, 'priorities': [{'name': 'lo', 'priority': 3}]},"
                + " 'rdma': {'mlx5_1': {'hcaHandles': 3, 'hcaObjects': 10000}, 'mlx5_2': {'hcaObjects': 0}}}";

        assertThat(version1(json, EVERY_FILE))
                .containsExactly(
                        "rdma.max=mlx5_1 hca_handle=3 hca_object=10000",
                        "rdma.max=mlx5_2 hca_object=0",
                        "net_cls.classid=1048577",
                        "net_prio.ifpriomap=lo 3");
    }

    @Test
    void namesTheLimitInTheConfig() {
        assertThat(Controller.CPU.version1(resources("{'cpu': {'burst': 1}}"), EVERY_FILE))
                .containsExactly(new CgroupSetting("cpu.cfs_burst_us", "1", "$.linux.resources.cpu.burst"));
    }
}
