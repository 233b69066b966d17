package io.jmigrate.runtime.cgroup.systemd;

import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.spec.ResourcesSpec.Cpu;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The share of processor time that a unit may use, as {@code CPUQuota} and {@code CPUQuotaPeriodSec} (systemd.resource-control(5)). */
final class ProcessorTime {
    private static final long MICROS_A_SECOND = 1_000_000;
    private static final long PERIOD_MICROS_DEFAULT = 100_000;
    private static final Pattern MAXIMUM = Pattern.compile("(max|\\d{1,12})(?:\\s+(\\d{1,7}))?");

    /** systemd keeps the share in percent. */
    private static final long PERCENT_MICROS = MICROS_A_SECOND / 100;

    private ProcessorTime() {}

    static List<UnitProperty> version1(Cpu cpu) {
        return cpu.quota().isPresent() || cpu.period().isPresent()
                ? of(cpu.quota().orElse(UnitProperty.INFINITY), cpu.period())
                : List.of();
    }

    /** What is said with the name of the file counts, if both are. */
    static List<UnitProperty> version2(Resources resources) {
        return Optional.ofNullable(resources.unified().get("cpu.max"))
                .map(text -> MAXIMUM.matcher(text.strip()))
                .filter(Matcher::matches)
                .map(ProcessorTime::of)
                .orElseGet(() -> version1(resources.cpu()));
    }

    private static List<UnitProperty> of(Matcher maximum) {
        long quota = maximum.group(1).equals("max") ? UnitProperty.INFINITY : Long.parseLong(maximum.group(1));
        return of(quota, Optional.ofNullable(maximum.group(2)).map(Long::valueOf));
    }

    private static List<UnitProperty> of(long quotaMicros, Optional<Long> periodMicros) {
        List<UnitProperty> properties = new ArrayList<>();
        periodMicros.ifPresent(micros -> properties.add(UnitProperty.number("CPUQuotaPeriodUSec", micros)));
        long period = periodMicros.filter(micros -> micros > 0).orElse(PERIOD_MICROS_DEFAULT);
        properties.add(UnitProperty.number("CPUQuotaPerSecUSec", share(quotaMicros, period)));
        return properties;
    }

    /** Rounded up to a whole percent, as by runC: the cgroup's file has the exact value. */
    private static long share(long quotaMicros, long periodMicros) {
        if (quotaMicros <= 0) {
            return UnitProperty.INFINITY;
        }
        long microsASecond = quotaMicros * MICROS_A_SECOND / periodMicros;
        return Math.ceilDiv(microsASecond, PERCENT_MICROS) * PERCENT_MICROS;
    }
}
