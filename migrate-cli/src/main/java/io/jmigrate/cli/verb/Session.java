package io.jmigrate.cli.verb;

import io.jmigrate.cli.invocation.Invocation;
import io.jmigrate.cli.option.GlobalOptions;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * What a verb runs with.
 *
 * @param invocation the command as it was given
 * @param global the options before the verb
 */
public record Session(Invocation invocation, GlobalOptions global) {
    /** Where results go. */
    public PrintStream out() {
        return invocation.streams().out();
    }

    /** Where messages and progress go. */
    public PrintStream err() {
        return invocation.streams().err();
    }

    /** The path as the caller meant it. */
    public Path resolve(Path path) {
        return invocation.resolve(path);
    }

    /** The runtime root, absolute. */
    public Path root() {
        return resolve(global.root());
    }
}
