package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.json.Problems;

/** One named rule about a spec. */
record Check(String name, Rule rule) {
    /** Notes what is wrong. */
    @FunctionalInterface
    interface Rule {
        void check(Subject subject, Problems problems);
    }
}
