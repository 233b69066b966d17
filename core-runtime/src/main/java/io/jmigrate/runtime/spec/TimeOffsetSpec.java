package io.jmigrate.runtime.spec;

/** An entry of {@code linux.timeOffsets}. */
public record TimeOffsetSpec(long secs, long nanosecs) {}
