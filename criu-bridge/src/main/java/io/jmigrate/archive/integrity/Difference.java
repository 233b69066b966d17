package io.jmigrate.archive.integrity;

/**
 * Where an archive is not what its manifest says.
 *
 * @param member name of the member, as the archive or the manifest gives it
 * @param what the rest of a sentence that begins with the member
 */
public record Difference(String member, String what) {}
