package io.jmigrate.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.cli.report.ExitCodes;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.report.MigrationOutcome;
import io.jmigrate.migration.report.MigrationResult;
import io.jmigrate.runtime.failure.Failure;
import java.util.Comparator;
import java.util.List;

/** What became of several migrations, a row each. */
public record OutcomeReport(List<MigrationOutcome> outcomes) {
    private static final String UNKNOWN = "-";

    /** The gravest first: what may need a person's hand before what has been undone. */
    private static final List<ExitCode> BY_GRAVITY = List.of(
            ExitCode.IN_DOUBT,
            ExitCode.FAILED,
            ExitCode.CRIU_UNUSABLE,
            ExitCode.ABORTED,
            ExitCode.REFUSED,
            ExitCode.SUCCESS);

    public OutcomeReport {
        outcomes = List.copyOf(outcomes);
    }

    /** The code of the one that ended worst; of one that was not begun, ABORTED. What stayed for another one's sake says nothing. */
    public ExitCode worst() {
        return outcomes.stream()
                .filter(outcome -> outcome.failure()
                        .filter(why -> why.code() == MigrationCode.GROUP_BROKEN)
                        .isEmpty())
                .map(OutcomeReport::code)
                .min(Comparator.comparingInt(BY_GRAVITY::indexOf))
                .orElse(ExitCode.SUCCESS);
    }

    private static ExitCode code(MigrationOutcome outcome) {
        return switch (outcome) {
            case MigrationOutcome.Moved _ -> ExitCode.SUCCESS;
            case MigrationOutcome.NotBegun _ -> ExitCode.ABORTED;
            case MigrationOutcome.Failed(String _, Failure why) -> {
                ExitCode code = ExitCodes.of(why.code());
                yield BY_GRAVITY.contains(code) ? code : ExitCode.FAILED;
            }
        };
    }

    /** The lines of a table. */
    public List<String> lines() {
        Table table = new Table("CONTAINER", "OUTCOME", "TOTAL", "DOWNTIME", "SENT", "MIGRATION");
        outcomes.forEach(outcome -> table.row(cells(outcome)));
        return table.lines();
    }

    private static String[] cells(MigrationOutcome outcome) {
        if (outcome instanceof MigrationOutcome.Moved(MigrationResult result)) {
            return new String[] {
                outcome.container(),
                word(outcome),
                Milliseconds.inWords(result.totalNanos()),
                Milliseconds.inWords(result.downtime().totalNanos()),
                ByteSize.inWords(result.bytes().total()),
                result.migration().value()
            };
        }
        return new String[] {outcome.container(), word(outcome), UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN};
    }

    /** The same for programs. */
    public ArrayNode tree() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        outcomes.forEach(outcome -> all.add(tree(outcome)));
        return all;
    }

    private static ObjectNode tree(MigrationOutcome outcome) {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("container", outcome.container())
                .put("outcome", word(outcome))
                .put("exit_code", code(outcome).status());
        if (outcome instanceof MigrationOutcome.Moved(MigrationResult result)) {
            tree.put("migration", result.migration().value())
                    .put("total_ms", Milliseconds.of(result.totalNanos()))
                    .put("downtime_ms", Milliseconds.of(result.downtime().totalNanos()))
                    .put("bytes", result.bytes().total());
        }
        outcome.failure().ifPresent(why -> tree.put("message", why.getMessage()));
        return tree;
    }

    /** Where it is, in a word. */
    private static String word(MigrationOutcome outcome) {
        return switch (outcome) {
            case MigrationOutcome.Moved _ -> "moved";
            case MigrationOutcome.NotBegun _ -> "not-begun";
            case MigrationOutcome.Failed(String _, Failure why)
            when why.code() == MigrationCode.LEFT_BEHIND -> "moved-left-behind";
            case MigrationOutcome.Failed(String _, Failure why)
            when why.code() == MigrationCode.LEFT_FROZEN -> "left-frozen";
            case MigrationOutcome.Failed(String _, Failure why)
            when why.code() == MigrationCode.MEMORY_BEHIND -> "divided";
            case MigrationOutcome.Failed failed ->
                switch (code(failed)) {
                    case IN_DOUBT -> "in-doubt";
                    case ABORTED, REFUSED -> "stayed";
                    default -> "failed";
                };
        };
    }
}
