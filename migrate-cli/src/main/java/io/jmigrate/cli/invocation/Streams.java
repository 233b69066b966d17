package io.jmigrate.cli.invocation;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * The standard streams of the caller.
 *
 * @param in what the caller types or pipes
 * @param out results, and nothing else
 * @param err messages and progress
 * @param inIsTerminal whether a person types at {@code in}
 * @param outIsTerminal whether a person looks at {@code out}
 * @param errIsTerminal whether a person looks at {@code err}
 */
public record Streams(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal) {}
