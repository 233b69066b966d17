package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.config.Rights;
import io.jmigrate.runtime.spec.Spec;
import java.nio.file.Path;

/**
 * What is judged.
 *
 * @param bundle that the spec belongs to
 * @param spec as it was read
 * @param running whether its container exists already: what only its making needed may be gone by now
 * @param rights of the user who makes the container
 */
record Subject(Path bundle, Spec spec, boolean running, Rights rights) {
    /** Whether a field of the top is missing or null, rather than unreadable. */
    boolean lacks(String name) {
        return !spec.document().hasNonNull(name);
    }
}
