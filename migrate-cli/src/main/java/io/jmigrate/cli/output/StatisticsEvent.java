package io.jmigrate.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.cgroup.stats.BlockIoUse;
import io.jmigrate.runtime.cgroup.stats.CpuUse;
import io.jmigrate.runtime.cgroup.stats.CpusetUse;
import io.jmigrate.runtime.cgroup.stats.HugePageUse;
import io.jmigrate.runtime.cgroup.stats.MemoryUse;
import io.jmigrate.runtime.cgroup.stats.Statistics;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerUse;
import java.math.BigInteger;
import java.util.List;

/** Events of a container in the JSON that {@code runc events} prints (runc, types/events.go): zeros are left out where it does so. */
public final class StatisticsEvent {
    private StatisticsEvent() {}

    /** One line about what the container uses. */
    public static ObjectNode stats(ContainerId id, ContainerUse use) {
        Statistics statistics = use.statistics();
        ObjectNode event = event("stats", id);
        ObjectNode data = event.putObject("data");
        ObjectNode cpu = data.putObject("cpu");
        cpu(cpu, statistics.cpu());
        PressureJson.put(cpu, statistics.pressures().cpu());
        cpuset(data.putObject("cpuset"), statistics.cpuset());
        ObjectNode memory = data.putObject("memory");
        memory(memory, statistics.memory());
        PressureJson.put(memory, statistics.pressures().memory());
        ObjectNode pids = data.putObject("pids");
        nonZero(pids, "current", statistics.tasks());
        nonZero(pids, "limit", statistics.tasksMax());
        ObjectNode io = data.putObject("blkio");
        entries(io, "ioServiceBytesRecursive", statistics.blockIo().bytes());
        entries(io, "ioServicedRecursive", statistics.blockIo().operations());
        PressureJson.put(io, statistics.pressures().io());
        ObjectNode sizes = data.putObject("hugetlb");
        statistics.hugePages().forEach((size, pages) -> hugePages(sizes.putObject(size), pages));
        data.putObject("intel_rdt");
        data.set("network_interfaces", InterfacesJson.of(use.interfaces()));
        return event;
    }

    /** The kernel has killed a process of the container for lack of memory. */
    public static ObjectNode oom(ContainerId id) {
        return event("oom", id);
    }

    private static ObjectNode event(String type, ContainerId id) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("id", id.value());
    }

    private static void cpu(ObjectNode out, CpuUse cpu) {
        ObjectNode usage = out.putObject("usage");
        nonZero(usage, "total", cpu.totalNanos());
        numbers(usage, "percpu", cpu.perCpu());
        numbers(usage, "percpu_kernel", cpu.perCpuKernel());
        numbers(usage, "percpu_user", cpu.perCpuUser());
        usage.put("kernel", unsigned(cpu.kernelNanos()));
        usage.put("user", unsigned(cpu.userNanos()));
        ObjectNode throttling = out.putObject("throttling");
        nonZero(throttling, "periods", cpu.periods());
        nonZero(throttling, "throttledPeriods", cpu.throttledPeriods());
        nonZero(throttling, "throttledTime", cpu.throttledNanos());
    }

    private static void cpuset(ObjectNode out, CpusetUse cpuset) {
        places(out, "cpus", cpuset.cpus());
        places(out, "mems", cpuset.mems());
        cpuset.settings().forEach(out::put);
    }

    private static void places(ObjectNode out, String name, List<Integer> numbers) {
        if (!numbers.isEmpty()) {
            numbers.forEach(out.putArray(name)::add);
        }
    }

    private static void hugePages(ObjectNode out, HugePageUse use) {
        nonZero(out, "usage", use.used());
        nonZero(out, "max", use.peak());
        out.put("failcnt", unsigned(use.failures()));
    }

    private static void memory(ObjectNode out, MemoryUse memory) {
        nonZero(out, "cache", memory.cache());
        counter(out.putObject("usage"), memory.memory());
        counter(out.putObject("swap"), memory.withSwap());
        counter(out.putObject("kernel"), memory.kernel());
        counter(out.putObject("kernelTCP"), memory.kernelTcp());
        ObjectNode raw = out.putObject("raw");
        memory.raw().forEach((name, value) -> raw.put(name, unsigned(value)));
    }

    private static void counter(ObjectNode out, MemoryUse.Counter counter) {
        out.put("limit", unsigned(counter.limit()));
        nonZero(out, "usage", counter.used());
        nonZero(out, "max", counter.peak());
        out.put("failcnt", unsigned(counter.failures()));
    }

    private static void entries(ObjectNode out, String name, List<BlockIoUse.Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        ArrayNode list = out.putArray(name);
        for (BlockIoUse.Entry entry : entries) {
            ObjectNode each = list.addObject();
            nonZero(each, "major", entry.major());
            nonZero(each, "minor", entry.minor());
            each.put("op", entry.operation());
            nonZero(each, "value", entry.value());
        }
    }

    private static void numbers(ObjectNode out, String name, List<Long> numbers) {
        if (!numbers.isEmpty()) {
            ArrayNode list = out.putArray(name);
            numbers.forEach(number -> list.add(unsigned(number)));
        }
    }

    private static void nonZero(ObjectNode out, String name, long number) {
        if (number != 0) {
            out.put(name, unsigned(number));
        }
    }

    private static BigInteger unsigned(long number) {
        return new BigInteger(Long.toUnsignedString(number));
    }
}
