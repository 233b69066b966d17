package io.jmigrate.criu;

import java.nio.file.Path;

/**
 * A dump that succeeded.
 *
 * @param imageDirectory the images and descriptors.json
 * @param log CRIU's dump.log
 * @param verdict what became of the tree
 * @param frozenNanos from the request to freeze until the tree was let go or killed
 */
public record Checkpoint(Path imageDirectory, Path log, DumpVerdict verdict, long frozenNanos) {}
