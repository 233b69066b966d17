package io.jmigrate.runtime.launch;

import io.jmigrate.runtime.linux.Fd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to start.
 *
 * @param program its file; a bare name is searched in the PATH of its environment, without one in /bin and /usr/bin
 * @param argv its arguments, the first is its own name; not empty
 * @param env its whole environment, {@code NAME=value}
 * @param cwd its working directory; empty means that of the caller
 * @param descriptors its descriptors by number, as ours by object, which stay open here. It gets these and no others; of 0, 1
 *     and 2 a missing one is /dev/null
 * @param newSession whether it leads a session of its own (setsid(2))
 * @param keyring the session keyring that it has in place of the launcher's, made if it isn't there (session-keyring(7)); empty
 *     means the launcher's
 */
public record Launch(
        Path program,
        List<String> argv,
        List<String> env,
        Optional<Path> cwd,
        Map<Integer, Fd> descriptors,
        boolean newSession,
        Optional<String> keyring) {
    /** The most descriptors of one program. */
    public static final int DESCRIPTORS_MAX = 128;

    /** The highest number that a descriptor can have in the program. */
    public static final int DESCRIPTOR_NUMBER_MAX = 1023;

    public Launch {
        argv = List.copyOf(argv);
        env = List.copyOf(env);
        descriptors = Map.copyOf(descriptors);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a program needs at least its own name as an argument");
        }
        if (descriptors.size() > DESCRIPTORS_MAX) {
            throw new IllegalArgumentException("more than " + DESCRIPTORS_MAX + " descriptors for " + program);
        }
        for (int number : descriptors.keySet()) {
            if (number < 0 || number > DESCRIPTOR_NUMBER_MAX) {
                throw new IllegalArgumentException("descriptor number " + number + " for " + program);
            }
        }
    }

    /** A program with these arguments after its own name, nothing else: no environment, no descriptors. */
    public static Launch of(Path program, String... arguments) {
        List<String> argv = new ArrayList<>(List.of(program.toString()));
        argv.addAll(List.of(arguments));
        return new Launch(program, argv, List.of(), Optional.empty(), Map.of(), false, Optional.empty());
    }

    public Launch withEnv(List<String> variables) {
        return new Launch(program, argv, variables, cwd, descriptors, newSession, keyring);
    }

    public Launch withCwd(Path directory) {
        return new Launch(program, argv, env, Optional.of(directory), descriptors, newSession, keyring);
    }

    public Launch withDescriptors(Map<Integer, Fd> byNumber) {
        return new Launch(program, argv, env, cwd, byNumber, newSession, keyring);
    }

    public Launch inNewSession() {
        return new Launch(program, argv, env, cwd, descriptors, true, keyring);
    }

    public Launch inKeyring(String name) {
        return new Launch(program, argv, env, cwd, descriptors, newSession, Optional.of(name));
    }
}
