package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.report.ExitCode;
import java.util.ArrayList;
import java.util.List;

/** Lists the processes of a container. */
public final class PsVerb implements Verb {
    private final ContainerArgument container = new ContainerArgument();
    private final List<String> options = new ArrayList<>();
    private Format format = Format.TABLE;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(this, "ps", "List the processes of a container.")
                .option(
                        "-f, --format",
                        "FORMAT",
                        "table (default, by ps) or json (the pids on the host).",
                        Format::ofTable,
                        value -> format = value);
        return container
                .declare(verb)
                .rest("OPTION", "Options for ps (default: -ef).", options::add)
                .examples("$ jmigrate ps web1", "$ jmigrate ps web1 -o pid,rss,args", "$ jmigrate ps -f json web1");
    }

    @Override
    public int run(Session session) {
        if (format == Format.JSON) {
            ArrayNode pids = JsonNodeFactory.instance.arrayNode();
            session.containers().ps().pids(container.id()).forEach(pids::add);
            session.out().println(pids);
        } else {
            session.containers().ps().table(container.id(), options).forEach(session.out()::println);
        }
        return ExitCode.SUCCESS.status();
    }
}
