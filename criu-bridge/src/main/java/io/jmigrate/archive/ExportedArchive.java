package io.jmigrate.archive;

/**
 * An archive that was written.
 *
 * @param target where it is
 * @param members how many members it has
 * @param contentBytes bytes of content before compression
 * @param fileBytes bytes of all of it, compressed
 */
public record ExportedArchive(ArchiveTarget target, int members, long contentBytes, long fileBytes) {}
