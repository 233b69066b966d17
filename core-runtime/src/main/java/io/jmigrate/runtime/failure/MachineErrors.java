package io.jmigrate.runtime.failure;

import java.util.function.Supplier;

/**
 * Errors of the virtual machine: no memory, too deep a stack, a class that can't be loaded. They end what meets them, and not the process:
 * what it has half made is taken away as after any other failure, which asks for no more than little memory and stack. Where that is to be,
 * they are met here.
 */
public final class MachineErrors {
    private MachineErrors() {}

    /** Takes a step. @throws IllegalStateException in place of such an error */
    public static void run(Runnable step) {
        get(() -> {
            step.run();
            return true;
        });
    }

    /** The same for a step that gives something. */
    public static <T> T get(Supplier<T> step) {
        try {
            return step.get();
        } catch (VirtualMachineError | LinkageError e) {
            throw new IllegalStateException("this program failed: " + e, e);
        }
    }
}
