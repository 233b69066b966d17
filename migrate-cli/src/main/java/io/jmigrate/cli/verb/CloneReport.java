package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.output.Table;
import io.jmigrate.criu.CloneContainers.Clone;
import io.jmigrate.runtime.failure.Failure;
import java.util.List;

/** What became of clones, for people or programs. */
record CloneReport(List<Clone> clones) {
    /** Whether all of them run. */
    boolean isComplete() {
        return clones.stream().allMatch(clone -> clone.failure().isEmpty());
    }

    void print(Session session, Format format) {
        if (format == Format.JSON) {
            session.out().println(tree());
        } else {
            table().lines().forEach(session.out()::println);
        }
    }

    private ArrayNode tree() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Clone clone : clones) {
            ObjectNode node = all.addObject().put("id", clone.id().value());
            clone.restored().ifPresent(restored -> node.put("status", "running")
                    .put("pid", restored.root().pid()));
            clone.failure().map(Failure::getMessage).ifPresent(text -> node.put("status", "failed")
                    .put("error", text));
        }
        return all;
    }

    private Table table() {
        Table table = new Table("ID", "PID", "STATUS");
        for (Clone clone : clones) {
            table.row(
                    clone.id().value(),
                    clone.restored()
                            .map(restored -> Integer.toString(restored.root().pid()))
                            .orElse("0"),
                    clone.failure().isEmpty() ? "running" : "failed");
        }
        return table;
    }
}
