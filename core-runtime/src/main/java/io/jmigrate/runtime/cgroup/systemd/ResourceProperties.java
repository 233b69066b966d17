package io.jmigrate.runtime.cgroup.systemd;

import io.jmigrate.runtime.cgroup.limit.CgroupSetting;
import io.jmigrate.runtime.cgroup.limit.Controller;
import io.jmigrate.runtime.config.NumberList;
import io.jmigrate.runtime.config.Resources;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Limits as properties of a unit (systemd.resource-control(5)). They are made of what is written to the cgroup's files, so that both say
 * the same; what has no property, or no value that systemd takes, is left to the files.
 */
final class ResourceProperties {
    private static final Map<String, String> NUMBERS = Map.of(
            "memory.limit_in_bytes", "MemoryLimit",
            "memory.max", "MemoryMax",
            "memory.high", "MemoryHigh",
            "memory.low", "MemoryLow",
            "memory.min", "MemoryMin",
            "memory.swap.max", "MemorySwapMax",
            "cpu.shares", "CPUShares",
            "cpu.weight", "CPUWeight",
            "blkio.weight", "BlockIOWeight");
    private static final Map<String, String> LISTS =
            Map.of("cpuset.cpus", "AllowedCPUs", "cpuset.mems", "AllowedMemoryNodes");
    private static final String TASKS = "pids.max";

    private static final Pattern NO_LIMIT = Pattern.compile("max|-1");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private ResourceProperties() {}

    /** @param unified whether version 2 is alone */
    static List<UnitProperty> of(Resources resources, boolean unified) {
        List<UnitProperty> properties = new ArrayList<>();
        settings(resources, unified).forEach(setting -> property(setting).ifPresent(properties::add));
        properties.addAll(unified ? ProcessorTime.version2(resources) : ProcessorTime.version1(resources.cpu()));
        return properties;
    }

    private static Stream<CgroupSetting> settings(Resources resources, boolean unified) {
        Stream<CgroupSetting> limits =
                Stream.of(Controller.values()).flatMap(controller -> limits(controller, resources, unified).stream());
        Stream<CgroupSetting> named = resources.unified().entrySet().stream()
                .map(entry ->
                        CgroupSetting.unified(entry.getKey(), entry.getValue().strip()));
        return unified ? Stream.concat(limits, named) : limits;
    }

    private static List<CgroupSetting> limits(Controller controller, Resources resources, boolean unified) {
        return unified ? controller.version2(resources, _ -> true) : controller.version1(resources, _ -> true);
    }

    private static Optional<UnitProperty> property(CgroupSetting setting) {
        String file = setting.file();
        if (file.equals(TASKS)) {
            return number(setting.value()).map(value -> UnitProperty.number("TasksMax", value == 0 ? 1 : value));
        }
        if (LISTS.containsKey(file)) {
            return NumberList.parse(setting.value()).map(list -> UnitProperty.bytes(LISTS.get(file), bits(list)));
        }
        return Optional.ofNullable(NUMBERS.get(file))
                .flatMap(name -> number(setting.value()).map(value -> UnitProperty.number(name, value)));
    }

    private static Optional<Long> number(String text) {
        if (NO_LIMIT.matcher(text).matches()) {
            return Optional.of(UnitProperty.INFINITY);
        }
        return Optional.of(text).filter(NUMBER.asMatchPredicate()).map(Long::valueOf);
    }

    /** Bit 0 of the first byte is number 0. */
    private static List<Long> bits(List<Integer> numbers) {
        BitSet set = new BitSet();
        numbers.forEach(set::set);
        byte[] bytes = set.toByteArray();
        return LongStream.range(0, bytes.length)
                .map(i -> bytes[(int) i] & 0xff)
                .boxed()
                .toList();
    }
}
