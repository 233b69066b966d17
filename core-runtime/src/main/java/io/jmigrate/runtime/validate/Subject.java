package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.spec.Spec;
import java.nio.file.Path;

/** What is judged: a spec and the bundle that it belongs to. */
record Subject(Path bundle, Spec spec) {
    /** Whether a field of the top is missing or null, rather than unreadable. */
    boolean lacks(String name) {
        return !spec.document().hasNonNull(name);
    }
}
