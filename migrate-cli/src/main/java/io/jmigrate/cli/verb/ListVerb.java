package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.output.Table;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.container.ListContainers.Listing;
import io.jmigrate.runtime.container.OciState;
import java.util.List;

/** Lists containers. */
public final class ListVerb implements Verb {
    private Format format = Format.TABLE;
    private boolean quiet;

    @Override
    public Declaration declaration() {
        return Declaration.of(this, "list", "List the containers of the runtime root.")
                .option("-f, --format", "FORMAT", "table (default) or json.", Format::ofTable, value -> format = value)
                .flag("-q, --quiet", "Print the ids only.", value -> quiet = value)
                .examples("$ jmigrate list", "$ jmigrate --root /run/other list --format json");
    }

    @Override
    public int run(Session session) {
        Listing listing = session.containers().list().list();
        listing.unreadable().forEach(failure -> session.log().warning(failure.getMessage()));
        List<OciState> states = listing.containers().stream().map(OciState::of).toList();
        if (quiet) {
            states.forEach(state -> session.out().println(state.record().id()));
        } else if (format == Format.JSON) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            states.forEach(state -> all.add(state.tree()));
            session.out().println(all);
        } else {
            table(states).lines().forEach(session.out()::println);
        }
        return ExitCode.SUCCESS.status();
    }

    private static Table table(List<OciState> states) {
        Table table = new Table("ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER");
        for (OciState state : states) {
            table.row(
                    state.record().id().value(),
                    Integer.toString(state.pid()),
                    state.status(),
                    state.record().bundle().toString(),
                    state.record().created().toString(),
                    state.owner());
        }
        return table;
    }
}
