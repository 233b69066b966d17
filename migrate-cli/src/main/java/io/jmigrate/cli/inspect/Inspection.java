package io.jmigrate.cli.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.criu.inspect.CheckpointImages;
import io.jmigrate.runtime.json.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of a checkpoint.
 *
 * @param facts the summary, by name
 * @param processes all of them, for a tree to hang things on
 * @param sections what was asked for
 */
public record Inspection(ObjectNode facts, Section processes, List<Section> sections) {
    public Inspection {
        sections = List.copyOf(sections);
    }

    /** Reads the parts that were asked for. */
    public static Inspection of(ObjectNode facts, CheckpointImages images, Set<Part> parts) {
        List<Section> sections = new ArrayList<>();
        for (Part part : Part.values()) {
            if (parts.contains(part)) {
                sections.add(Sections.of(part, images));
            }
        }
        return new Inspection(facts, Sections.processes(images.processes()), sections);
    }

    /** Something that has no images: only what the facts say. */
    public static Inspection of(ObjectNode facts) {
        return new Inspection(facts, Sections.processes(List.of()), List.of());
    }

    /** Text in that form, with line ends. */
    public String in(InspectionFormat format) {
        return switch (format) {
            case TREE -> String.join("\n", new InspectionTree(this).lines()) + "\n";
            case TABLE -> tables();
            case JSON -> json();
        };
    }

    /**
     * Hangs the processes on a branch: a parent comes before its children, and one whose parent isn't there stands beside the
     * first.
     *
     * @return where each is, by pid
     */
    Map<Integer, Branch> hang(Branch all) {
        Map<Integer, Branch> branches = new HashMap<>();
        for (Row row : processes.rows()) {
            Branch parent = branches.getOrDefault(row.fields().path("parent").asInt(), all);
            branches.put(row.pid().orElseThrow(), parent.add(row.line()));
        }
        return branches;
    }

    private String tables() {
        StringBuilder text = new StringBuilder();
        facts.properties()
                .forEach(fact -> text.append(String.format(
                        "%-20s%s%n",
                        Section.words(fact.getKey()),
                        Printable.text(fact.getValue().asText()))));
        for (Section section : sections) {
            text.append('\n').append(section.title()).append('\n');
            section.table().lines().forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    /** The facts, and an array for each section. */
    private String json() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.set("summary", facts);
        for (Section section : sections) {
            ArrayNode rows = all.putArray(section.key());
            section.rows().forEach(row -> rows.add(row.fields()));
        }
        return Printable.json(all);
    }
}
