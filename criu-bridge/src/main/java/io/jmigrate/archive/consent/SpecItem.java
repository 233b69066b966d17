package io.jmigrate.archive.consent;

/**
 * Something that an archive's spec asks for.
 *
 * @param part of what kind it is
 * @param what in words, with nothing in it that a terminal would obey: "/etc of the host at /host/etc"
 */
public record SpecItem(SpecPart part, String what) {
    /** {@code mounts: …}. */
    @Override
    public String toString() {
        return part.word() + ": " + what;
    }
}
