package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.config.CgroupMode;
import io.jmigrate.runtime.config.HostFacts;
import io.jmigrate.runtime.linux.Capability;
import io.jmigrate.runtime.plan.Plan;
import io.jmigrate.runtime.plan.PlanText;
import io.jmigrate.runtime.plan.Plans;
import io.jmigrate.runtime.validate.Configs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Prints what would be done to make a container. */
public final class PlanVerb implements Verb {
    private static final Path UNIFIED = Path.of("/sys/fs/cgroup/cgroup.controllers");

    private static final long ALL_CAPABILITIES = Capability.mask(List.of(Capability.values()));

    private Path bundle = Path.of("");
    private Format format = Format.TEXT;

    @Override
    public Declaration declaration() {
        return Declaration.of(
                        this,
                        "plan",
                        "Print the steps that would make a container of a bundle, in order. Nothing is done.",
                        "Joining the container's cgroups is left out: they are made with the container.")
                .option("-f, --format", "FORMAT", "text (default) or json.", Format::ofText, value -> format = value)
                .argument("BUNDLE", "Directory with config.json.", Path::of, value -> bundle = value)
                .examples("$ jmigrate plan web", "$ jmigrate plan --format json web");
    }

    @Override
    public int run(Session session) {
        CgroupMode mode = Files.exists(UNIFIED) ? CgroupMode.V2 : CgroupMode.V1;
        HostFacts host = new HostFacts(mode, List.of(), Capability.values().length - 1, ALL_CAPABILITIES);
        Plan plan = Plans.create(Configs.load(session.resolve(bundle)), host);
        session.out()
                .print(
                        format == Format.JSON
                                ? new String(PlanText.json(plan), StandardCharsets.UTF_8)
                                : PlanText.lines(plan));
        return ExitCode.SUCCESS.status();
    }
}
