package io.jmigrate.migration.transfer;

import java.util.Optional;

/**
 * What the peer has of a name.
 *
 * @param stamp by which a change shows
 * @param held of a large file, what the peer holds; names of one file at the peer have the same object
 */
record SentName(Stamp stamp, Optional<HeldBlocks> held) {}
