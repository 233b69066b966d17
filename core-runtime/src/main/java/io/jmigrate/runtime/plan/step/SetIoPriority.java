package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.config.IoPriority;

/** Sets the priority of input and output (ioprio_set(2)), level 0 to 7. */
public record SetIoPriority(IoPriority.Class ioClass, int level) implements Step {
    @Override
    public String describe() {
        return "set the I/O priority " + ioClass.ociName() + " " + level;
    }
}
