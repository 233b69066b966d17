package io.jmigrate.runtime.spec;

import java.util.List;

/** The five capability sets as names ({@code CAP_CHOWN}). */
public record CapabilitiesSpec(
        List<String> bounding,
        List<String> effective,
        List<String> inheritable,
        List<String> permitted,
        List<String> ambient) {}
