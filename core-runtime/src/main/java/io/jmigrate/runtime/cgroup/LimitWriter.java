package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.cgroup.limit.CgroupSetting;
import io.jmigrate.runtime.cgroup.limit.Controller;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes limits to the files of one cgroup in all hierarchies. Nothing is written before every file is known to be there. If a value is
 * refused, what was written before gets its earlier value back.
 */
final class LimitWriter {
    private final CgroupPaths paths;
    private final List<Batch> batches = new ArrayList<>();

    /** Settings for the files of one directory. */
    private record Batch(CgroupDirectory directory, List<CgroupSetting> settings) {}

    private LimitWriter(CgroupPaths paths) {
        this.paths = paths;
    }

    /**
     * Sets all limits that are not about devices.
     *
     * @throws Failure UNSUPPORTED if the host lacks a file that a limit needs, LIMIT_REFUSED if the kernel does not take a value
     */
    static void write(CgroupPaths paths, Resources resources) {
        LimitWriter writer = new LimitWriter(paths);
        for (Controller controller : Controller.values()) {
            writer.add(controller, resources);
        }
        writer.addUnified(resources.unified());
        writer.checkFiles();
        MemoryInUse.check(paths, resources.memory());
        writer.writeAll();
    }

    private void add(Controller controller, Resources resources) {
        Optional<CgroupDirectory> version1 =
                paths.ofController(controller.version1Name()).map(CgroupDirectory::new);
        Optional<CgroupDirectory> version2 = paths.unified().map(CgroupDirectory::new);
        if (version1.isPresent()) {
            add(version1.get(), controller.version1(resources, version1.get()::has));
        } else if (version2.isPresent()
                && !controller.version2(resources, _ -> true).isEmpty()) {
            UnifiedParents.make(version2.get());
            add(version2.get(), controller.version2(resources, version2.get()::has));
        } else if (version2.isEmpty()) {
            controller.version1(resources, _ -> true).stream().findFirst().ifPresent(setting -> {
                throw missing(setting, "no cgroup hierarchy");
            });
        }
    }

    private void addUnified(Map<String, String> values) {
        if (values.isEmpty()) {
            return;
        }
        List<CgroupSetting> settings = values.entrySet().stream()
                .map(entry -> CgroupSetting.unified(entry.getKey(), entry.getValue()))
                .toList();
        CgroupDirectory directory = paths.unified()
                .map(CgroupDirectory::new)
                .orElseThrow(() -> missing(settings.getFirst(), "no version 2 cgroups"));
        UnifiedParents.make(directory);
        add(directory, settings);
    }

    private void add(CgroupDirectory directory, List<CgroupSetting> settings) {
        if (!settings.isEmpty()) {
            batches.add(new Batch(directory, settings));
        }
    }

    private void checkFiles() {
        for (Batch batch : batches) {
            for (CgroupSetting setting : batch.settings()) {
                if (!batch.directory().has(setting.file())) {
                    throw missing(setting, "no file " + batch.directory().path().resolve(setting.file()));
                }
            }
        }
    }

    private static Failure missing(CgroupSetting setting, String what) {
        return Failure.of(RuntimeCode.UNSUPPORTED, "this host can't set " + setting.cause() + ": there is " + what);
    }

    private void writeAll() {
        EarlierValues earlier = new EarlierValues();
        try {
            for (Batch batch : batches) {
                writeBatch(batch, earlier);
            }
        } catch (Failure e) {
            earlier.restore(e);
            throw e;
        }
    }

    /**
     * The kernel compares some limits with each other (memory with memory and swap, a period with its quota), so that one may be taken
     * only after another: what was refused is tried again after the rest.
     */
    private static void writeBatch(Batch batch, EarlierValues earlier) {
        List<CgroupSetting> refused = new ArrayList<>();
        for (CgroupSetting setting : batch.settings()) {
            earlier.remember(batch.directory(), setting);
            if (batch.directory().refusal(setting.file(), setting.value()).isPresent()) {
                refused.add(setting);
            }
        }
        for (CgroupSetting setting : refused) {
            batch.directory().refusal(setting.file(), setting.value()).ifPresent(cause -> {
                throw cause.asFailure(setting);
            });
        }
    }
}
