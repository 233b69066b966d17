package io.jmigrate.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.cgroup.stats.Pressure;
import java.util.Optional;

/** How long tasks waited for a resource, in runC's names. */
final class PressureJson {
    private PressureJson() {}

    /** Adds {@code psi}, if the kernel counts it. */
    static void put(ObjectNode resource, Optional<Pressure> pressure) {
        pressure.ifPresent(counted -> {
            ObjectNode psi = resource.putObject("psi");
            share(psi.putObject("some"), counted.some());
            share(psi.putObject("full"), counted.full());
        });
    }

    private static void share(ObjectNode out, Pressure.Share share) {
        out.put("avg10", share.avg10())
                .put("avg60", share.avg60())
                .put("avg300", share.avg300())
                .put("total", share.totalMicros());
    }
}
