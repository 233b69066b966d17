package io.jmigrate.runtime.spec;

import io.jmigrate.runtime.json.Problem;
import java.util.List;
import java.util.Map;

/**
 * A spec as far as it could be read, and what is wrong with the types of its fields.
 *
 * @param changed JSON paths of the fields that aren't as the file has them, with what to call each
 */
public record SpecReading(Spec spec, List<Problem> problems, Map<String, String> changed) {
    /** Of a file as it is. */
    public SpecReading(Spec spec, List<Problem> problems) {
        this(spec, problems, Map.of());
    }
}
