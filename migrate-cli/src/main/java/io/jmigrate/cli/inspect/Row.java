package io.jmigrate.cli.inspect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One thing that is listed.
 *
 * @param pid the process that it belongs to, if it belongs to one
 * @param line what a tree says of it, not yet made printable
 * @param fields the same for tables and JSON, by the columns of its section
 */
record Row(OptionalInt pid, String line, ObjectNode fields) {
    Row {
        Objects.requireNonNull(pid);
        Objects.requireNonNull(line);
        Objects.requireNonNull(fields);
    }
}
