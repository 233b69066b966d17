package io.jmigrate.migration.kept;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.kept.PageName;
import io.jmigrate.pages.kept.PageNames;
import java.util.HexFormat;
import java.util.Objects;

/**
 * What was kept of one container.
 *
 * @param migration by which it has left
 * @param container its id
 * @param peer fingerprint of the certificate of the node that it went to
 * @param keptAtMillis since 1970
 * @param pages how many
 * @param secret of their names, in hexadecimal
 */
public record KeptEntry(String migration, String container, String peer, long keptAtMillis, long pages, String secret) {
    public KeptEntry {
        new MigrationId(migration); // files are called by it
        Objects.requireNonNull(container);
        Objects.requireNonNull(peer);
        if (HexFormat.of().parseHex(secret).length != PageNames.SECRET_BYTES) {
            throw new IllegalArgumentException("not a secret of page names");
        }
    }

    /** What it takes on the disk, but for these facts. */
    public long bytes() {
        return pages * (PageRun.PAGE_BYTES + PageName.BYTES);
    }
}
