package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.report.CliCode;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.spec.DefaultSpec;
import io.jmigrate.runtime.spec.Spec;
import io.jmigrate.runtime.spec.Specs;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a config.json to start from. */
public final class SpecVerb implements Verb {
    private Path bundle = Path.of("");
    private boolean rootless;

    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "spec",
                        "Write a config.json to start from: a shell as root, in namespaces of its own.",
                        "An existing file is not overwritten.")
                .option(
                        "-b, --bundle",
                        "DIR",
                        "Where to write it (default: the current directory).",
                        Path::of,
                        value -> bundle = value)
                .flag("--rootless", "For an ordinary user, in a user namespace.", value -> rootless = value)
                .examples("$ jmigrate spec --bundle web", "$ jmigrate plan web");
    }

    @Override
    public int run(Session session) {
        Path file = session.resolve(bundle).resolve(Specs.FILE_NAME);
        Spec spec = rootless ? DefaultSpec.rootless(Processes.uid(), Processes.gid()) : DefaultSpec.rootful();
        try {
            Files.write(file, Specs.write(spec), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw Failure.of(CliCode.FILE_EXISTS, file + " exists: it is not overwritten")
                    .withCause(e);
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot write " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
        return ExitCode.SUCCESS.status();
    }
}
