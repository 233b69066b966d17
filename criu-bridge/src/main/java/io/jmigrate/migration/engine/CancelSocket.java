package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/**
 * The name of the socket that one end of a migration listens on meanwhile.
 *
 * @param journals beside which it is
 */
record CancelSocket(Journals journals, MigrationId id, Side side) {
    Path path() {
        return journals.directory().resolve(file());
    }

    private String file() {
        return id + "." + side.name().toLowerCase(Locale.ROOT) + ".cancel";
    }

    /** Uses it by a path that is short enough for an address (unix(7): 107 bytes), however long that of the runtime root is. */
    <T> T at(Function<Path, T> use) throws IOException {
        Files.createDirectories(journals.directory());
        try (Fd directory = Descriptors.open(journals.directory(), OpenFlag.PATH, OpenFlag.DIRECTORY)) {
            return use.apply(Path.of("/proc/self/fd/" + directory.number(), file()));
        }
    }

    /** Takes the name away; one that stays harms nobody. */
    void remove() {
        try {
            Files.deleteIfExists(path());
        } catch (IOException e) {
            System.getLogger(CancelSocket.class.getName()).log(System.Logger.Level.WARNING, path() + " stays", e);
        }
    }
}
