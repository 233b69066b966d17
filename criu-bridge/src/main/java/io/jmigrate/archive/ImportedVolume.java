package io.jmigrate.archive;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Files outside of the root filesystem that an archive has brought.
 *
 * @param member their name in the archive
 * @param destination where the archive says that they were in the container, if it does
 * @param tar the files, not looked into
 */
public record ImportedVolume(String member, Optional<Path> destination, Path tar) {}
