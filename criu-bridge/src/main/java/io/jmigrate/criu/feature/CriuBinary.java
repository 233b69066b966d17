package io.jmigrate.criu.feature;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The CRIU program of this host.
 *
 * @param path an executable file, absolute
 */
public record CriuBinary(Path path) {
    /** Names the program to use, before any other place. */
    public static final String VARIABLE = "JMIGRATE_CRIU";

    private static final Path INSTALLED_BY_SETUP = Path.of("/opt/jmigrate/criu/criu");

    public CriuBinary {
        Objects.requireNonNull(path);
    }

    /**
     * The program that a user has named.
     *
     * @param program absolute
     * @throws Failure CRIU_MISSING
     */
    public static CriuBinary at(Path program) {
        if (!isProgram(program)) {
            throw Failure.of(CriuCode.CRIU_MISSING, program + " was named as CRIU's program and is no program");
        }
        return new CriuBinary(program);
    }

    /**
     * Looks in $JMIGRATE_CRIU, PREFIX/lib/criu/criu, /opt/jmigrate/criu/criu and $PATH, in this order. A program that is named by
     * the variable and isn't there is an error, not a reason to look on.
     *
     * @param environment of the user, {@code NAME=value} each
     * @param prefix of this program's installation, if it has one
     * @throws Failure CRIU_MISSING
     */
    public static CriuBinary find(List<String> environment, Optional<Path> prefix) {
        Optional<String> named = value(environment, VARIABLE).filter(name -> !name.isEmpty());
        if (named.isPresent()) {
            return at(Path.of(named.get()).toAbsolutePath());
        }
        return prefix.map(p -> p.resolve("lib/criu/criu"))
                .filter(CriuBinary::isProgram)
                .or(() -> Optional.of(INSTALLED_BY_SETUP).filter(CriuBinary::isProgram))
                .or(() -> value(environment, "PATH").flatMap(CriuBinary::inSearchPath))
                .map(CriuBinary::new)
                .orElseThrow(() -> Failure.of(CriuCode.CRIU_MISSING, "no CRIU is installed on this host"));
    }

    private static Optional<Path> inSearchPath(String searchPath) {
        for (String directory : searchPath.split(":")) {
            Path candidate = Path.of(directory, "criu");
            if (candidate.isAbsolute() && isProgram(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private static Optional<String> value(List<String> environment, String name) {
        return environment.stream()
                .filter(entry -> entry.startsWith(name + "="))
                .map(entry -> entry.substring(name.length() + 1))
                .findFirst();
    }
}
