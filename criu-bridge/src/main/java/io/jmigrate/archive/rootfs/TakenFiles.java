package io.jmigrate.archive.rootfs;

import io.jmigrate.archive.MemberContent;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Changes of a root filesystem on their way into an archive.
 *
 * @param tar becomes {@code rootfs-diff.tar}
 * @param deleted becomes {@code deleted.files}
 */
public record TakenFiles(MemberContent tar, Optional<Path> deleted) {}
