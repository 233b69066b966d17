package io.jmigrate.cli.inspect;

import io.jmigrate.cli.output.Table;
import io.jmigrate.runtime.json.Printable;
import java.util.List;
import java.util.Locale;

/**
 * A list of things of one kind.
 *
 * @param key what it is called, in JSON too
 * @param columns names of the fields that each row has
 * @param rows in their order
 */
record Section(String key, List<String> columns, List<Row> rows) {
    Section {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** Its name as text has it. */
    String title() {
        return words(key);
    }

    static String words(String key) {
        return key.replace('_', ' ');
    }

    Table table() {
        Table table = new Table(columns.stream()
                .map(column -> words(column).toUpperCase(Locale.ROOT))
                .toArray(String[]::new));
        for (Row row : rows) {
            table.row(columns.stream()
                    .map(column -> Printable.text(row.fields().path(column).asText()))
                    .toArray(String[]::new));
        }
        return table;
    }
}
