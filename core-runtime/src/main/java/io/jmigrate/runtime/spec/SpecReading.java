package io.jmigrate.runtime.spec;

import io.jmigrate.runtime.json.Problem;
import java.util.List;

/** A spec as far as it could be read, and what is wrong with the types of its fields. */
public record SpecReading(Spec spec, List<Problem> problems) {}
