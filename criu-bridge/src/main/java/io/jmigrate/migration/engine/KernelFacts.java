package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.plan.KernelFeature;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.KernelProbe;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.SecurityModule;
import io.jmigrate.runtime.network.FilterTables;
import io.jmigrate.runtime.network.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what the kernel tells of itself and of the machine; the texts are taken apart by functions of their own. */
final class KernelFacts {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final String UNIFIED = "cgroup.controllers";
    /**
     * What programs choose their instructions by (as glibc's hwcaps do), of all that /proc/cpuinfo lists; what CRIU looks at is among them
     * (x86_ins_capability_mask, criu/arch/x86/cpu.c), but for what is the kernel's alone.
     */
    private static final Pattern INSTRUCTIONS = Pattern.compile(
            "mmx\\w*|sse\\w*|ssse3|pni|avx\\w*|amx\\w*|v?aes|v?pclmulqdq|gfni|popcnt|abm|movbe|bmi[12]|f16c|fma4?|adx|sha_ni"
                    + "|sha512|rdrand|rdseed|rdpid|xsave\\w*|fsgsbase|erms|fsrm|cx16|lahf_lm|rtm|hle|pku|ospke|clflush\\w*|clwb"
                    + "|movdiri|movdir64b|serialize|waitpkg|user_shstk|xop|tbm|mpx|cmov|cx8|fxsr\\w*|syscall|rdtscp"
                    + "|clzero|misalignsse|3dnow\\w*|lzcnt|fp|asimd\\w*|sve\\w*|atomics|crc32");

    private static final Map<String, String> NAMESPACES = Map.of(
            "mnt", "mount", "net", "network", "pid", "pid", "ipc", "ipc", "uts", "uts", "user", "user", "cgroup",
            "cgroup", "time", "time");

    private KernelFacts() {}

    static List<String> cpuFeatures() {
        return cpuFeatures(read(Path.of("/proc/cpuinfo")));
    }

    /** @param cpuinfo proc_cpuinfo(5): {@code flags} on x86, {@code Features} on arm64; the first processor stands for all */
    static List<String> cpuFeatures(String cpuinfo) {
        Matcher flags = Pattern.compile("(?m)^(?:flags|Features)\\s*:(.*)$").matcher(cpuinfo);
        return flags.find()
                ? Arrays.stream(flags.group(1).strip().split("\\s+"))
                        .filter(flag -> INSTRUCTIONS.matcher(flag).matches())
                        .sorted()
                        .toList()
                : List.of();
    }

    static String cgroupMode() {
        if (Files.exists(CGROUPS.resolve(UNIFIED))) {
            return "v2";
        }
        return Files.exists(CGROUPS.resolve("unified").resolve(UNIFIED)) ? "hybrid" : "v1";
    }

    static List<String> controllers() {
        return controllers(read(Path.of("/proc/cgroups")));
    }

    /** @param cgroups cgroups(7): name, hierarchy, number of cgroups, 1 if enabled */
    static List<String> controllers(String cgroups) {
        return cgroups.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\\s+"))
                .filter(fields -> fields.length == 4 && fields[3].equals("1"))
                .map(fields -> fields[0])
                .sorted()
                .toList();
    }

    static long memoryAvailableBytes() {
        return memoryAvailableBytes(read(Path.of("/proc/meminfo")));
    }

    /** @param meminfo proc_meminfo(5) */
    static long memoryAvailableBytes(String meminfo) {
        Matcher available = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$").matcher(meminfo);
        return available.find() ? Long.parseLong(available.group(1)) * 1024 : 0;
    }

    /** Kinds of namespaces as config.json names them. */
    static Set<String> namespaces() {
        try (Stream<Path> kinds = Files.list(Path.of("/proc/self/ns"))) {
            return kinds.map(kind -> kind.getFileName().toString())
                    .filter(NAMESPACES::containsKey)
                    .map(NAMESPACES::get)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw unreadable("/proc/self/ns", e);
        }
    }

    /** Network interfaces of this process's namespace; sysfs would show those of whoever mounted it. */
    static Set<String> interfaces() {
        return interfaces(read(Path.of("/proc/self/net/dev")));
    }

    /** @param dev proc_pid_net(5): two lines of titles, then a name and a colon on each */
    static Set<String> interfaces(String dev) {
        return dev.lines()
                .skip(2)
                .map(line -> line.substring(0, Math.max(0, line.indexOf(':'))).strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What it has of those that migrations use. */
    static Set<KernelFeature> features() {
        Set<KernelFeature> features = EnumSet.noneOf(KernelFeature.class);
        if (KernelProbe.userfaultfd()) {
            features.add(KernelFeature.USERFAULTFD);
        }
        if (nftables()) {
            features.add(KernelFeature.NFTABLES);
        }
        if (namespaces().contains("time")) {
            features.add(KernelFeature.TIME_NAMESPACES);
        }
        return features;
    }

    /** A kernel that can't be asked is taken to have them. */
    private static boolean nftables() {
        try {
            return new FilterTables(new NetworkNamespace(Path.of("/proc/self/ns/net"))).known();
        } catch (Failure | LinuxException e) {
            return true;
        }
    }

    /** Those in use. */
    static Set<SecurityModule> securityModules() {
        return Arrays.stream(SecurityModule.values())
                .filter(SecurityModule::isEnabled)
                .collect(Collectors.toSet());
    }

    static String release() {
        return read(Path.of("/proc/sys/kernel/osrelease")).strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    private static Failure unreadable(String file, IOException e) {
        return Failure.of(MigrationCode.PREFLIGHT, "cannot read " + file + ": " + IoReason.of(e))
                .withCause(e);
    }
}
