package io.jmigrate.runtime.spec;

/**
 * The root filesystem.
 *
 * @param path absolute, or relative to the bundle; empty text when missing
 * @param readonly whether it is to be read-only inside
 */
public record RootSpec(String path, boolean readonly) {}
