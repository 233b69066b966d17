package io.jmigrate.runtime.plan.step;

/**
 * Finds the file for {@link Execute} inside the container: a name with a slash as it is, else in the directories of a search
 * path. Fails with ENOENT when there is none, with EACCES when what there is can't be executed.
 *
 * @param name the program, for example {@code sh}
 * @param path the value of PATH; an empty one stands for the default search path
 */
public record FindExecutable(String name, String path) implements Step {
    /** Searched when the container's environment has no PATH. */
    public static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public FindExecutable {
        path = path.isEmpty() ? DEFAULT_PATH : path;
    }

    @Override
    public String describe() {
        return "exec: \"" + name + "\"";
    }
}
