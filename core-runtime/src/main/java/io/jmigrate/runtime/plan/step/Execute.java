package io.jmigrate.runtime.plan.step;

import java.util.List;

/**
 * Becomes the program that {@link FindExecutable} found (execve(2)). The last step of every plan.
 *
 * @param argv not empty
 * @param env {@code NAME=value}
 * @param preserveFds number of descriptors, from 3 on, that it gets besides 0, 1 and 2
 */
public record Execute(List<String> argv, List<String> env, int preserveFds) implements Step {
    public Execute {
        argv = List.copyOf(argv);
        env = List.copyOf(env);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a program needs at least its own name as an argument");
        }
    }

    @Override
    public String describe() {
        return "exec " + argv.getFirst();
    }
}
