package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.config.TimeOffset;
import java.util.List;

/**
 * Makes a time namespace for the process that {@link Clone} makes (unshare(2), time_namespaces(7)): its clocks can be set only as long
 * as nobody is in it, so it is made before.
 *
 * @param offsets of its clocks from those of the host; a clock that isn't there has none
 */
public record TimeNamespace(List<TimeOffset> offsets) implements Step {
    public TimeNamespace {
        offsets = List.copyOf(offsets);
    }

    @Override
    public String describe() {
        return "make the time namespace" + (offsets.isEmpty() ? "" : " with its offsets");
    }
}
