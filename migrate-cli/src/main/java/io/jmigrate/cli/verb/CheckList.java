package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jmigrate.cli.option.Choice;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.output.Table;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.plan.Check;
import java.io.PrintStream;
import java.util.List;

/** What a dry run has found, printed. */
record CheckList(List<Check> checks) {
    static CheckList of(List<Check> checks) {
        return new CheckList(List.copyOf(checks));
    }

    /** @return SUCCESS if nothing stands against it, else REFUSED */
    ExitCode print(PrintStream out, Format format) {
        if (format == Format.JSON) {
            out.println(tree());
        } else {
            table().lines().forEach(out::println);
        }
        return checks.stream().noneMatch(Check::forbids) ? ExitCode.SUCCESS : ExitCode.REFUSED;
    }

    private Table table() {
        Table table = new Table("NODE", "CHECK", "RESULT", "FINDING");
        for (Check check : checks) {
            String remedy = check.remedy().isEmpty() ? "" : " (" + check.remedy() + ")";
            table.row(check.end().toString(), check.subject(), Choice.word(check.result()), check.finding() + remedy);
        }
        return table;
    }

    private ArrayNode tree() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Check check : checks) {
            all.addObject()
                    .put("node", check.end().toString())
                    .put("check", check.subject())
                    .put("result", Choice.word(check.result()))
                    .put("finding", check.finding())
                    .put("remedy", check.remedy());
        }
        return all;
    }
}
