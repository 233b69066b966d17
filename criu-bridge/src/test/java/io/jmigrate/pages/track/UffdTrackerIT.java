package io.jmigrate.pages.track;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.linux.KernelProbe;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class UffdTrackerIT extends TrackerConformance {
    private final List<String> remarks = new CopyOnWriteArrayList<>();

    @Override
    DirtyTracker open() {
        assumeTrue(KernelProbe.writesNoted() && KernelProbe.pagemapScan(), "this kernel notes no writes");
        return UffdTracker.start(launcher, NATIVE.resolve("jmigrate-track"), remarks::add);
    }
}
