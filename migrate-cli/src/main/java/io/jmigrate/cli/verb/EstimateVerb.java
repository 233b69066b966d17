package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.CriuOption;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.DestinationFlags;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.output.EstimateReport;
import io.jmigrate.cli.output.RestartEstimateReport;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.engine.LocalEstimate;
import io.jmigrate.migration.engine.LocalRestartEstimate;
import io.jmigrate.migration.engine.MigrationHost;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.MemoryTerms;
import io.jmigrate.migration.plan.MigrateRequest;
import java.util.List;

/** Says what a migration would take. */
public final class EstimateVerb implements Verb {
    private final ContainerArgument container = new ContainerArgument();
    private final CriuOption criu = new CriuOption();
    private final DestinationFlags destination = new DestinationFlags();
    private Format format = Format.TEXT;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                        this,
                        "estimate",
                        "Say what a migration to another node would take, and change nothing.",
                        "Both ends are looked at as by `migrate --dry-run`; if nothing stands against it, the container's writes to its",
                        "memory are watched for nearly two seconds, the link is measured for one, and the migration is foreseen from that.")
                .option("--format", "FORMAT", "text (default) or json.", Format::ofText, value -> format = value);
        return container
                .declare(criu.declare(destination.declare(verb)))
                .examples(
                        "$ jmigrate estimate web1 --to other.example:7070",
                        "$ jmigrate estimate web1 --to 10.0.0.2:7070 --max-downtime 100ms --on-stall throttle");
    }

    @Override
    public int run(Session session) {
        session.requireRoot("follow the memory of a container");
        MigrateRequest request =
                destination.request("estimate", session.root(), container.id().value(), MemoryTerms.USUAL);
        MigrationHost node = ThisNode.of(session, criu);
        if (request.mode().startsAnew()) {
            return restart(session, new LocalRestartEstimate(node).run(request));
        }
        LocalEstimate.Answer answer = new LocalEstimate(node).run(request);
        if (answer.estimate().isEmpty()) {
            return refused(session, answer.checks());
        }
        EstimateReport.of(answer.estimate().get()).print(session.out(), format);
        return ExitCode.SUCCESS.status();
    }

    private int restart(Session session, LocalRestartEstimate.Answer answer) {
        if (answer.estimate().isEmpty()) {
            return refused(session, answer.checks());
        }
        new RestartEstimateReport(answer.estimate().get()).print(session.out(), format);
        return ExitCode.SUCCESS.status();
    }

    private int refused(Session session, List<Check> checks) {
        Format wanted = format == Format.JSON ? Format.JSON : Format.TABLE;
        return CheckList.of(checks).print(session.out(), wanted).status();
    }
}
