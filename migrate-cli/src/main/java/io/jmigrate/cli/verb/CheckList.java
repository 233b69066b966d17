package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.option.Choice;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.output.Table;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.plan.Check;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a dry run has found, printed. */
record CheckList(List<Found> all) {
    /** @param container of which; empty if there is only one */
    private record Found(Optional<String> container, Check check) {}

    /** Of one container. */
    static CheckList of(List<Check> checks) {
        return new CheckList(
                checks.stream().map(check -> new Found(Optional.empty(), check)).toList());
    }

    /** Of several, by their ids. */
    static CheckList of(Map<String, List<Check>> checks) {
        return new CheckList(checks.entrySet().stream()
                .flatMap(one -> one.getValue().stream().map(check -> new Found(Optional.of(one.getKey()), check)))
                .toList());
    }

    /** @return SUCCESS if nothing stands against it, else REFUSED */
    ExitCode print(PrintStream out, Format format) {
        if (format == Format.JSON) {
            out.println(tree());
        } else {
            table().lines().forEach(out::println);
        }
        return all.stream().map(Found::check).noneMatch(Check::forbids) ? ExitCode.SUCCESS : ExitCode.REFUSED;
    }

    private Table table() {
        boolean several = all.stream().anyMatch(found -> found.container().isPresent());
        Stream<String> titles = Stream.of("NODE", "CHECK", "RESULT", "FINDING");
        Table table =
                new Table((several ? Stream.concat(Stream.of("CONTAINER"), titles) : titles).toArray(String[]::new));
        all.forEach(found -> table.row(cells(found)));
        return table;
    }

    private static String[] cells(Found found) {
        Check check = found.check();
        String remedy = check.remedy().isEmpty() ? "" : " (" + check.remedy() + ")";
        Stream<String> cells = Stream.of(
                check.end().toString(), check.subject(), Choice.word(check.result()), check.finding() + remedy);
        return Stream.concat(found.container().stream(), cells).toArray(String[]::new);
    }

    private ArrayNode tree() {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (Found found : all) {
            Check check = found.check();
            ObjectNode row = rows.addObject();
            found.container().ifPresent(container -> row.put("container", container));
            row.put("node", check.end().toString())
                    .put("check", check.subject())
                    .put("result", Choice.word(check.result()))
                    .put("finding", check.finding())
                    .put("remedy", check.remedy());
        }
        return rows;
    }
}
