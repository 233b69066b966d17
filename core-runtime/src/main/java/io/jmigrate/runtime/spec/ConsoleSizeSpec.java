package io.jmigrate.runtime.spec;

/** The size of a terminal in characters, each up to 65535. */
public record ConsoleSizeSpec(long height, long width) {}
