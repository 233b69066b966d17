package io.jmigrate.runtime.plan.step;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Runs a hook in the container's namespaces, and fails if it does. The container's state on its standard input holds the pid that the
 * process has in them.
 *
 * @param number its place among the hooks of its kind
 * @param path as the process sees it at that moment
 * @param argv not empty
 * @param env the whole of its environment
 * @param timeoutSeconds after which it is killed; 0 for never
 * @param cwd absolute; absent means that of the process
 * @param stateBeforePid JSON up to where the pid is to be put
 * @param stateAfterPid the rest
 */
public record RunHook(
        int number,
        Path path,
        List<String> argv,
        List<String> env,
        int timeoutSeconds,
        Optional<Path> cwd,
        String stateBeforePid,
        String stateAfterPid)
        implements Step {
    public RunHook {
        argv = List.copyOf(argv);
        env = List.copyOf(env);
    }

    @Override
    public String describe() {
        return "run the hook " + path;
    }
}
