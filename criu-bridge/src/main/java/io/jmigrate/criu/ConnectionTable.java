package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.network.FilterTables;
import io.jmigrate.runtime.network.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of nftables by which CRIU locks the connections of a tree in a network that it does not dump, as others use it too (criu/netfilter.c,
 * nftables_get_table): others may have tables there. CRIU deletes it when it lets the tree go, and when it restores it.
 *
 * @param network where
 * @param run of the CRIU that dumps (criu/util.c, criu_run_id)
 */
record ConnectionTable(NetworkNamespace network, String run) {
    private static final String PREFIX = "CRIU-";

    /** CRIU cuts the name off where its buffer ends. */
    private static final int NAME_MIN = PREFIX.length() + 16;

    /** With these a log begins; the last is the one that counts (criu/crtools.c and criu/cr-service.c make one each). */
    private static final Pattern LOGGED = Pattern.compile("\\(\\d+\\.\\d+\\) CRIU run id = ([0-9a-f-]{36})");

    /**
     * Which CRIU has written a log.
     *
     * @return empty if it does not say, as it was told to write less, or is gone
     * @throws Failure DUMP_FAILED if it can't be read
     */
    static Optional<String> run(Path log) {
        Optional<String> run = Optional.empty();
        try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
            String line = lines.readLine();
            while (line != null && LOGGED.matcher(line) instanceof Matcher said && said.matches()) {
                run = Optional.of(said.group(1));
                line = lines.readLine();
            }
            return run;
        } catch (NoSuchFileException e) {
            return run;
        } catch (IOException e) {
            throw Failure.of(CriuCode.DUMP_FAILED, "cannot read " + log + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /**
     * Deletes it, if it is there still. The sockets of the tree must be out of repair mode by then, or gone.
     *
     * @throws Failure IO
     */
    void delete() {
        String name = PREFIX + run;
        FilterTables tables = new FilterTables(network);
        tables.names().stream()
                .filter(each -> each.length() >= NAME_MIN && name.startsWith(each))
                .forEach(tables::delete);
    }
}
