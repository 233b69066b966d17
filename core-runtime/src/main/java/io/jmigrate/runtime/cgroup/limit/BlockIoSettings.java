package io.jmigrate.runtime.cgroup.limit;

import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.spec.ResourcesSpec.BlockIo;
import io.jmigrate.runtime.spec.ResourcesSpec.Throttle;
import io.jmigrate.runtime.spec.ResourcesSpec.WeightDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Block devices (kernel documentation, cgroup-v1/blkio-controller.rst; cgroup-v2.rst, "IO"). Weights are those of the scheduler CFQ
 * where the kernel has it, else of BFQ; v2 without BFQ has weights from 1 to 10000 of its own.
 */
final class BlockIoSettings {
    private static final String WEIGHT_2 = "io.bfq.weight";

    private BlockIoSettings() {}

    static List<CgroupSetting> version1(Resources resources, Predicate<String> has) {
        BlockIo io = resources.blockIo();
        String weight = has.test("blkio.weight") || !has.test("blkio.bfq.weight") ? "blkio.weight" : "blkio.bfq.weight";
        List<CgroupSetting> settings = new ArrayList<>();
        io.weight().ifPresent(value -> settings.add(CgroupSetting.of("blockIO.weight", weight, value)));
        settings.addAll(leafWeights(io));
        for (WeightDevice device : io.weightDevices()) {
            device.weight()
                    .ifPresent(value -> settings.add(CgroupSetting.of(
                            "blockIO.weightDevice", weight + "_device", line(device, Long.toString(value)))));
        }
        settings.addAll(throttles("throttleReadBpsDevice", "blkio.throttle.read_bps_device", io.readBytes()));
        settings.addAll(throttles("throttleWriteBpsDevice", "blkio.throttle.write_bps_device", io.writeBytes()));
        settings.addAll(throttles("throttleReadIOPSDevice", "blkio.throttle.read_iops_device", io.readOperations()));
        settings.addAll(throttles("throttleWriteIOPSDevice", "blkio.throttle.write_iops_device", io.writeOperations()));
        return settings;
    }

    static List<CgroupSetting> version2(Resources resources, Predicate<String> has) {
        BlockIo io = resources.blockIo();
        boolean bfq = has.test(WEIGHT_2);
        List<CgroupSetting> settings = new ArrayList<>();
        io.weight()
                .ifPresent(value -> settings.add(
                        bfq
                                ? CgroupSetting.of("blockIO.weight", WEIGHT_2, value)
                                : CgroupSetting.of("blockIO.weight", "io.weight", converted(value))));
        settings.addAll(leafWeights(io));
        for (WeightDevice device : io.weightDevices()) {
            device.weight()
                    .ifPresent(value -> settings.add(CgroupSetting.of(
                            "blockIO.weightDevice",
                            bfq ? WEIGHT_2 : "io.weight",
                            line(device, Long.toString(bfq ? value : converted(value))))));
        }
        settings.addAll(maxima("throttleReadBpsDevice", "rbps", io.readBytes()));
        settings.addAll(maxima("throttleWriteBpsDevice", "wbps", io.writeBytes()));
        settings.addAll(maxima("throttleReadIOPSDevice", "riops", io.readOperations()));
        settings.addAll(maxima("throttleWriteIOPSDevice", "wiops", io.writeOperations()));
        return settings;
    }

    /** CFQ alone has had leaves with a weight; neither BFQ nor v2 has these files. */
    private static List<CgroupSetting> leafWeights(BlockIo io) {
        List<CgroupSetting> settings = new ArrayList<>();
        io.leafWeight()
                .ifPresent(value -> settings.add(CgroupSetting.of("blockIO.leafWeight", "blkio.leaf_weight", value)));
        for (WeightDevice device : io.weightDevices()) {
            device.leafWeight()
                    .ifPresent(value -> settings.add(CgroupSetting.of(
                            "blockIO.weightDevice", "blkio.leaf_weight_device", line(device, Long.toString(value)))));
        }
        return settings;
    }

    /** A rate of 0 takes the limit away. */
    private static List<CgroupSetting> throttles(String limit, String file, List<Throttle> throttles) {
        return throttles.stream()
                .map(each -> CgroupSetting.of(
                        "blockIO." + limit,
                        file,
                        each.major() + ":" + each.minor() + " " + Long.toUnsignedString(each.rate())))
                .toList();
    }

    private static List<CgroupSetting> maxima(String limit, String key, List<Throttle> throttles) {
        return throttles.stream()
                .map(each -> CgroupSetting.of(
                        "blockIO." + limit,
                        "io.max",
                        each.major() + ":" + each.minor() + " " + key + "="
                                + (each.rate() == 0 ? "max" : Long.toUnsignedString(each.rate()))))
                .toList();
    }

    private static String line(WeightDevice device, String value) {
        return device.major() + ":" + device.minor() + " " + value;
    }

    /** As runC converts: 10 to 1000 becomes 1 to 10000. */
    private static long converted(long weight) {
        return 1 + (Math.max(weight, 10) - 10) * 9999 / 990;
    }
}
