package io.jmigrate.runtime.container;

import io.jmigrate.runtime.config.SecurityLabels;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Says which process to execute in a container. */
public sealed interface ExecProcess {
    /** One that a file describes whole, as the {@code process} of a config.json. */
    record Described(Path file) implements ExecProcess {}

    /**
     * One that is like the container's own, with differences.
     *
     * @param args program and arguments, at least one
     * @param env {@code NAME=value} each, on top of the container's
     * @param cwd working directory inside the container
     * @param user {@code UID} or {@code UID:GID}
     * @param additionalGids on top of the container's
     * @param capabilities names, on top of the container's
     * @param terminal whether it has a terminal of its own
     * @param noNewPrivileges whether execve may never grant privileges; the container's own rule holds too
     * @param labels in place of the container's, where there are any
     */
    record Like(
            List<String> args,
            List<String> env,
            Optional<String> cwd,
            Optional<String> user,
            List<Long> additionalGids,
            List<String> capabilities,
            boolean terminal,
            boolean noNewPrivileges,
            SecurityLabels labels)
            implements ExecProcess {
        public Like {
            args = List.copyOf(args);
            env = List.copyOf(env);
            additionalGids = List.copyOf(additionalGids);
            capabilities = List.copyOf(capabilities);
        }
    }

    /** The container's process with another program and arguments. */
    static ExecProcess of(String... args) {
        return new Like(
                List.of(args),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                false,
                false,
                SecurityLabels.NONE);
    }
}
