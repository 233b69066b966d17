package io.jmigrate.runtime.container;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jmigrate.runtime.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Shows a list of containers as runC's {@code list} does. */
public final class ContainerTable {
    private static final List<String> TITLES = List.of("ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER");
    private static final int WIDTH_MIN = 12;
    private static final int GAP = 3;

    private ContainerTable() {}

    /** Columns with titles, each line ending in a line feed. */
    public static String text(List<ContainerRecord> containers) {
        List<List<String>> rows = new ArrayList<>(List.of(TITLES));
        containers.forEach(record -> rows.add(row(record)));
        List<Integer> widths = widths(rows);
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n", "", "\n"));
    }

    /** One JSON array of OCI states on one line, without a line end. */
    public static String json(List<ContainerRecord> containers) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        containers.forEach(record -> array.add(OciState.of(record).tree()));
        return new String(JsonText.compact(array), StandardCharsets.UTF_8);
    }

    /** The ids, one a line. */
    public static String ids(List<ContainerRecord> containers) {
        return containers.stream().map(record -> record.id() + "\n").collect(Collectors.joining());
    }

    private static List<String> row(ContainerRecord record) {
        OciState state = OciState.of(record);
        return List.of(
                record.id().value(),
                Integer.toString(state.pid()),
                state.status(),
                record.bundle().toString(),
                record.created().toString(),
                state.owner());
    }

    private static List<Integer> widths(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < TITLES.size() - 1; column++) {
            int index = column;
            int longest =
                    rows.stream().mapToInt(row -> row.get(index).length()).max().orElse(0);
            widths.add(Math.max(WIDTH_MIN, longest + GAP));
        }
        return widths;
    }

    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.size(); column++) {
            line.append(row.get(column))
                    .repeat(' ', widths.get(column) - row.get(column).length());
        }
        return line.append(row.getLast()).toString();
    }
}
