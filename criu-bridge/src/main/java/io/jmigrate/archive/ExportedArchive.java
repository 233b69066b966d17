package io.jmigrate.archive;

import java.nio.file.Path;

/**
 * An archive that was written.
 *
 * @param file where it is
 * @param members how many members it has
 * @param contentBytes bytes of content before compression
 * @param fileBytes size of the file
 */
public record ExportedArchive(Path file, int members, long contentBytes, long fileBytes) {}
