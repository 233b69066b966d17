package io.jmigrate.runtime.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.json.Problem;
import java.util.List;

/** A process as far as it could be read, its document, and what is wrong with the types of its fields. */
public record ProcessReading(ProcessSpec process, ObjectNode document, List<Problem> problems) {}
