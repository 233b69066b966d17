package io.jmigrate.archive;

import java.util.List;

/**
 * An archive that was converted.
 *
 * @param archive the new one
 * @param notCarried sentences about what the other had and this one hasn't, and about what an engine will take for something else
 */
public record ConvertedArchive(ExportedArchive archive, List<String> notCarried) {}
