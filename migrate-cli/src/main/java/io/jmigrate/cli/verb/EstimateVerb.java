package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.CriuOption;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.DestinationFlags;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.output.EstimateReport;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.engine.LocalEstimate;
import io.jmigrate.migration.plan.MemoryTerms;

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
                        "memory are watched for two seconds, the link is measured for one, and the migration is foreseen from that.")
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
        LocalEstimate.Answer answer = new LocalEstimate(ThisNode.of(session, criu))
                .run(destination.request(
                        "estimate", session.root(), container.id().value(), MemoryTerms.USUAL));
        if (answer.estimate().isEmpty()) {
            Format checks = format == Format.JSON ? Format.JSON : Format.TABLE;
            return CheckList.of(answer.checks()).print(session.out(), checks).status();
        }
        EstimateReport.of(answer.estimate().get()).print(session.out(), format);
        return ExitCode.SUCCESS.status();
    }
}
