package io.jmigrate.cli.verb;

import io.jmigrate.cli.report.CliCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.NewFile;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A document that a command writes at once: to a new file, or to standard output. */
sealed interface TextFile {
    /** Stands for standard output. */
    Path STANDARD_OUTPUT = Path.of("-");

    /** @throws Failure FILE_EXISTS, RuntimeCode.IO */
    void write(String text);

    /**
     * The file of that name, before any work is done for it.
     *
     * @throws Failure FILE_EXISTS, RuntimeCode.IO
     */
    static TextFile requireNew(Session session, Path name) {
        if (name.equals(STANDARD_OUTPUT)) {
            return new Output(session.out());
        }
        Path path = session.resolve(name);
        requireAbsent(path);
        return new Named(path);
    }

    /** @throws Failure FILE_EXISTS, RuntimeCode.IO if there is no directory for it */
    static void requireAbsent(Path path) {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw exists(path);
        }
        NewFile.obstacle(path).ifPresent(why -> {
            throw Failure.of(RuntimeCode.IO, "cannot write " + path + ": " + why);
        });
    }

    private static Failure exists(Path path) {
        return Failure.of(CliCode.FILE_EXISTS, path + " exists: it is not overwritten");
    }

    /** The caller's standard output. */
    record Output(PrintStream out) implements TextFile {
        @Override
        public void write(String text) {
            out.print(text);
        }
    }

    /** A file that doesn't exist yet. */
    record Named(Path path) implements TextFile {
        @Override
        public void write(String text) {
            try {
                Files.writeString(path, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (FileAlreadyExistsException e) {
                throw exists(path).withCause(e);
            } catch (IOException e) {
                throw Failure.of(RuntimeCode.IO, "cannot write " + path + ": " + IoReason.of(e))
                        .withCause(e);
            }
        }
    }
}
