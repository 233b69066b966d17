package io.jmigrate.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.config.DeviceRule;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.config.Resources.CpuLimits;
import io.jmigrate.runtime.config.Resources.MemoryLimits;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CgroupSettingsTest {
    private static final MemoryLimits NO_MEMORY_LIMITS =
            new MemoryLimits(Optional.empty(), Optional.empty(), Optional.empty());
    private static final CpuLimits NO_CPU_LIMITS =
            new CpuLimits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static Resources resources(MemoryLimits memory, CpuLimits cpu, Optional<Long> pids, DeviceRule... rules) {
        return new Resources(memory, cpu, pids, List.of(rules));
    }

    private static List<String> lines(List<CgroupSetting> settings) {
        return settings.stream()
                .map(setting -> setting.file() + "=" + setting.value())
                .toList();
    }

    @Test
    void limitsMemoryBeforeMemoryAndSwap() {
        MemoryLimits memory = new MemoryLimits(Optional.of(100L), Optional.of(50L), Optional.of(200L));

        assertThat(lines(ControllerSettings.of(resources(memory, NO_CPU_LIMITS, Optional.empty()))))
                .containsSubsequence(
                        "memory.limit_in_bytes=100",
                        "memory.memsw.limit_in_bytes=200",
                        "memory.soft_limit_in_bytes=50");
    }

    @Test
    void deniesAllDevicesThenFollowsTheRulesThenAllowsTheDefaultOnes() {
        DeviceRule rule = new DeviceRule(true, 'b', Optional.of(8L), Optional.empty(), "r");

        List<String> lines =
                lines(ControllerSettings.of(resources(NO_MEMORY_LIMITS, NO_CPU_LIMITS, Optional.empty(), rule)));

        assertThat(lines)
                .startsWith("devices.deny=a *:* rwm", "devices.allow=b 8:* r")
                .contains("devices.allow=c 1:3 rwm", "devices.allow=c 136:* rwm");
    }

    @Test
    void takesANegativeNumberOfProcessesForNoLimit() {
        assertThat(lines(ControllerSettings.of(resources(NO_MEMORY_LIMITS, NO_CPU_LIMITS, Optional.of(-1L)))))
                .contains("pids.max=max");
        assertThat(lines(UnifiedSettings.of(resources(NO_MEMORY_LIMITS, NO_CPU_LIMITS, Optional.of(7L)))))
                .containsExactly("pids.max=7");
    }

    @Test
    void convertsSharesToWeightsAndQuotasToOneFile() {
        CpuLimits cpu = new CpuLimits(
                Optional.of(1024L), Optional.of(50_000L), Optional.empty(), Optional.of("0-1"), Optional.empty());

        assertThat(lines(UnifiedSettings.of(resources(NO_MEMORY_LIMITS, cpu, Optional.empty()))))
                .containsExactly("cpu.weight=39", "cpu.max=50000 100000", "cpuset.cpus=0-1");
        assertThat(lines(ControllerSettings.of(resources(NO_MEMORY_LIMITS, cpu, Optional.empty()))))
                .contains("cpu.shares=1024", "cpu.cfs_quota_us=50000", "cpuset.cpus=0-1");
    }

    @Test
    void convertsMemoryAndSwapToSwapAlone() {
        MemoryLimits memory = new MemoryLimits(Optional.of(100L), Optional.of(-1L), Optional.of(150L));

        assertThat(lines(UnifiedSettings.of(resources(memory, NO_CPU_LIMITS, Optional.empty()))))
                .containsExactly("memory.max=100", "memory.swap.max=50", "memory.low=max");
    }

    @Test
    void refusesSwapBelowMemory() {
        MemoryLimits memory = new MemoryLimits(Optional.of(100L), Optional.empty(), Optional.of(50L));

        assertThatThrownBy(() -> UnifiedSettings.of(resources(memory, NO_CPU_LIMITS, Optional.empty())))
                .hasMessageContaining("the limit of memory and swap, 50 bytes");
    }
}
