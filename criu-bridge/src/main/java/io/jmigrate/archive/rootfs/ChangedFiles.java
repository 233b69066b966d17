package io.jmigrate.archive.rootfs;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Changes of a root filesystem as an archive carries them.
 *
 * @param tar {@code rootfs-diff.tar}: what is new or has changed
 * @param deleted {@code deleted.files}: a JSON array of paths that exist no more
 */
public record ChangedFiles(Optional<Path> tar, Optional<Path> deleted) {}
