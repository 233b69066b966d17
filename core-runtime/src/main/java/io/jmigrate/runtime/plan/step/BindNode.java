package io.jmigrate.runtime.plan.step;

import java.nio.file.Path;

/**
 * Shows a device node of the host inside the root filesystem by a bind mount onto a file, which is made if it is missing.
 *
 * @param source on the host
 * @param target inside the container, absolute
 */
public record BindNode(Path source, String target) implements Step {
    @Override
    public String describe() {
        return "bind the device node " + source + " onto " + target;
    }
}
