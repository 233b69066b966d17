package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KernelFactsTest {
    @Test
    void picksTheInstructionSetsOutOfTheProcessorsFlags() {
        String cpuinfo = """
                processor\t: 0
                vendor_id\t: GenuineIntel
                flags\t\t: fpu vme msr cx8 cmov mpx rdtscp clflushopt sse sse2 ssse3 sse4_1 avx avx2 avx512f bmi1 aes popcnt hypervisor arch_capabilities
                bugs\t\t: spectre_v1

                processor\t: 1
                flags\t\t: sse
                """;
        assertThat(KernelFacts.cpuFeatures(cpuinfo))
                .containsExactly(
                        "aes",
                        "avx",
                        "avx2",
                        "avx512f",
                        "bmi1",
                        "clflushopt",
                        "cmov",
                        "cx8",
                        "mpx",
                        "popcnt",
                        "rdtscp",
                        "sse",
                        "sse2",
                        "sse4_1",
                        "ssse3");
        assertThat(KernelFacts.cpuFeatures("Features\t: fp asimd evtstrm aes crc32 atomics sve\n"))
                .containsExactly("aes", "asimd", "atomics", "crc32", "fp", "sve");
        assertThat(KernelFacts.cpuFeatures("")).isEmpty();
    }

    @Test
    void takesTheControllersThatAreEnabled() {
        String cgroups =
                "#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t1\t7\t1\nmemory\t0\t5\t0\npids\t8\t7\t1\n";
        assertThat(KernelFacts.controllers(cgroups)).containsExactly("cpu", "pids");
    }

    @Test
    void readsHowMuchMemoryIsAvailable() {
        String meminfo = "MemTotal:        8000000 kB\nMemFree:          100 kB\nMemAvailable:     2048 kB\n";
        assertThat(KernelFacts.memoryAvailableBytes(meminfo)).isEqualTo(2 << 20);
        assertThat(KernelFacts.memoryAvailableBytes("MemTotal: 1 kB\n")).isZero();
    }

    @Test
    void namesTheNetworkInterfaces() {
        String dev = """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets
                    lo:  100 1 0 0 0 0 0 0 100 1
                   jm0:1234567890 1 0 0 0 0 0 0 100 1
                """;
        assertThat(KernelFacts.interfaces(dev)).containsExactly("jm0", "lo");
    }

    @Test
    void readsThisHost() {
        assertThat(KernelFacts.memoryAvailableBytes()).isPositive();
        assertThat(KernelFacts.namespaces()).contains("mount", "pid", "network");
        assertThat(KernelFacts.interfaces()).contains("lo");
        assertThat(KernelFacts.release()).isNotBlank();
        assertThat(KernelFacts.cgroupMode()).isIn("v1", "v2", "hybrid");
    }
}
