package io.jmigrate.cli.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.criu.diff.ChangedPages;
import io.jmigrate.criu.diff.Changes;
import io.jmigrate.criu.diff.CheckpointDifference;
import io.jmigrate.criu.inspect.ImagedMapping;
import io.jmigrate.runtime.json.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** The difference of two checkpoints as text and as JSON. Names from checkpoints are never printed raw. */
public final class DifferenceReport {
    private final CheckpointDifference difference;
    private final List<Part> parts;

    /** Things of one kind, ready to be shown. */
    private record Part(String key, Changes<Row> changes) {}

    public DifferenceReport(CheckpointDifference difference) {
        this.difference = difference;
        parts = List.of(
                part("processes", difference.processes(), Sections::process),
                part("files", difference.files(), file -> owned(Sections.file(file))),
                part("sockets", difference.sockets(), file -> owned(Sections.socket(file))),
                part("mounts", difference.mounts(), Sections::mount),
                part("mappings", difference.mappings(), DifferenceReport::mapping));
    }

    private static <T> Part part(String key, Changes<T> changes, Function<T, Row> row) {
        return new Part(
                key,
                new Changes<>(
                        changes.went().stream().map(row).toList(),
                        changes.came().stream().map(row).toList(),
                        changes.changed().stream()
                                .map(change ->
                                        new Changes.Change<>(row.apply(change.before()), row.apply(change.after())))
                                .toList()));
    }

    private static Row owned(Row row) {
        return new Row(row.pid(), "[" + row.pid().orElseThrow() + "] " + row.line(), row.fields());
    }

    private static Row mapping(ImagedMapping mapping) {
        return new Row(OptionalInt.of(mapping.pid()), line(mapping), fields(mapping));
    }

    private static String line(ImagedMapping mapping) {
        return ("[" + mapping.pid() + "] " + mapping.range() + " " + mapping.protection() + " " + mapping.name())
                .strip();
    }

    private static ObjectNode fields(ImagedMapping mapping) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("pid", mapping.pid())
                .put("start", Long.toHexString(mapping.start()))
                .put("end", Long.toHexString(mapping.end()))
                .put("protection", mapping.protection())
                .put("name", mapping.name());
    }

    /** A line for each difference, below the name of its kind; nothing if there is none. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Part part : parts) {
            if (!part.changes().none()) {
                lines.add(part.key());
                part.changes().went().forEach(row -> lines.add("- " + Printable.text(row.line())));
                part.changes().came().forEach(row -> lines.add("+ " + Printable.text(row.line())));
                part.changes()
                        .changed()
                        .forEach(change ->
                                lines.add("~ " + Printable.text(change.before().line()) + "  →  "
                                        + Printable.text(change.after().line())));
            }
        }
        if (!difference.pages().isEmpty()) {
            lines.add("pages");
            difference
                    .pages()
                    .forEach(pages -> lines.add("~ " + Printable.text(line(pages.mapping())) + ": " + pages.changed()
                            + " changed, " + pages.came() + " came, " + pages.went() + " went"));
        }
        return lines;
    }

    /** JSON text. */
    public String json() {
        ObjectNode all = JsonNodeFactory.instance.objectNode().put("same", difference.none());
        for (Part part : parts) {
            ObjectNode node = all.putObject(part.key());
            ArrayNode went = node.putArray("went");
            ArrayNode came = node.putArray("came");
            ArrayNode changed = node.putArray("changed");
            part.changes().went().forEach(row -> went.add(row.fields()));
            part.changes().came().forEach(row -> came.add(row.fields()));
            part.changes().changed().forEach(change -> {
                ObjectNode pair = changed.addObject();
                pair.set("before", change.before().fields());
                pair.set("after", change.after().fields());
            });
        }
        ArrayNode pages = all.putArray("pages");
        for (ChangedPages of : difference.pages()) {
            pages.add(fields(of.mapping())
                    .put("changed", of.changed())
                    .put("came", of.came())
                    .put("went", of.went()));
        }
        all.put("pages_not_compared", difference.absentPages());
        return Printable.json(all);
    }
}
