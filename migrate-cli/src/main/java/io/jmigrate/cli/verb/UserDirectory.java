package io.jmigrate.cli.verb;

import io.jmigrate.cli.invocation.Invocation;
import io.jmigrate.cli.report.CliCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Path;

/**
 * Where a user's containers and service are by default: root's in {@code /run/jmigrate}, an ordinary user's below the directory that
 * the login gave it (XDG base directory specification).
 *
 * @param ordinary whether it is an ordinary user's
 */
record UserDirectory(boolean ordinary) {
    private static final Path OF_ROOT = Path.of("/run/jmigrate");
    private static final String VARIABLE = "XDG_RUNTIME_DIR";

    /** For a command's runtime root. As for runc, root of a user namespace counts as the user whose environment it has kept. */
    static UserDirectory forContainers(Invocation invocation) {
        boolean root = invocation.variable("USER").filter("root"::equals).isPresent();
        boolean borrowed = invocation.variable(VARIABLE).isPresent() && !root && !Processes.inFirstUserNamespace();
        return new UserDirectory(Processes.effectiveUid() != 0 || borrowed);
    }

    /** For the service of a user, who is the same inside of user namespaces and outside. */
    static UserDirectory forService() {
        return new UserDirectory(Processes.effectiveUid() != 0);
    }

    /**
     * The directory, whether or not it exists.
     *
     * @throws Failure NO_USER_DIRECTORY if an ordinary user has none
     */
    Path of(Invocation invocation) {
        if (!ordinary) {
            return OF_ROOT;
        }
        return invocation
                .variable(VARIABLE)
                .map(directory -> invocation.resolve(Path.of(directory)).resolve("jmigrate"))
                .orElseThrow(() -> Failure.of(
                        CliCode.NO_USER_DIRECTORY,
                        "the state of user " + Integer.toUnsignedString(Processes.effectiveUid())
                                + "'s containers has no place: " + VARIABLE + " is not set"));
    }
}
