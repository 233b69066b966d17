package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.CriuConfigOption;
import io.jmigrate.cli.option.CriuOption;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.option.JobOption;
import io.jmigrate.cli.output.Diagnosis;
import io.jmigrate.cli.report.CliCode;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.ExamineContainer;
import io.jmigrate.criu.ExamineJob;
import io.jmigrate.doctor.ContainerFindings;
import io.jmigrate.doctor.HostFacts;
import io.jmigrate.doctor.HostFindings;
import io.jmigrate.doctor.HostReader;
import io.jmigrate.doctor.JobFindings;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import java.util.Optional;
import java.util.OptionalInt;

/** Tells whether checkpoints can work here, and what of a container stands against one. */
public final class DoctorVerb implements Verb {
    private final CriuOption criu = new CriuOption();
    private final CriuConfigOption criuConfig = new CriuConfigOption();
    private final JobOption job = new JobOption();
    private Optional<String> container = Optional.empty();
    private boolean host;
    private Format format = Format.TEXT;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                        this,
                        "doctor",
                        "Tell whether checkpoints can work on this host, or whether a container or a job can be dumped.",
                        "It looks as checkpoint and migrate do before they freeze anything, and changes nothing. Exit code 4 if"
                                + " there is a problem.")
                .flag(
                        "--host",
                        "Look at the host too (default: only if neither container nor job is named).",
                        value -> host = value)
                .option("-f, --format", "FORMAT", "text (default) or json.", Format::ofText, value -> format = value);
        job.declare(verb, "Look at");
        criuConfig.declare(verb);
        return criu.declare(verb)
                .optionalArgument(
                        "CONTAINER", "The container's id.", word -> word, value -> container = Optional.of(value))
                .examples(
                        "$ jmigrate doctor",
                        "$ jmigrate doctor web1",
                        "$ jmigrate doctor --pid 4711",
                        "$ jmigrate doctor --host --format json web1");
    }

    @Override
    public int run(Session session) {
        Optional<ContainerId> id = container.map(ContainerId::of);
        if (job.pid().isEmpty()) {
            criuConfig.refuseWithoutJob("doctor");
        }
        id.ifPresent(named -> session.requireRoot("examine " + named.inSentence()));
        job.pid().ifPresent(pid -> session.requireRoot("examine job " + pid));
        Diagnosis diagnosis = new Diagnosis(
                host || (id.isEmpty() && job.pid().isEmpty()) ? Optional.of(ofHost(session)) : Optional.empty(),
                id.map(named -> ofContainer(session, named)),
                job.pid().map(pid -> ofJob(session, pid)));
        if (format == Format.JSON) {
            session.print(diagnosis.tree());
        } else {
            diagnosis.lines().forEach(session.out()::println);
        }
        return (diagnosis.isClean() ? ExitCode.SUCCESS : ExitCode.REFUSED).status();
    }

    private Diagnosis.OfHost ofHost(Session session) {
        HostReader reader = new HostReader(
                session.invocation().launcher(),
                () -> session.criu(criu),
                session.invocation().callerPid());
        HostFacts facts = reader.read(session.resolve(CheckpointVerb.IMAGES_DEFAULT), service(session));
        return new Diagnosis.OfHost(facts, HostFindings.of(facts));
    }

    private static OptionalInt service(Session session) {
        try {
            return ServiceVerb.socket(session)
                    .listener()
                    .map(service -> OptionalInt.of(service.process().pid()))
                    .orElseGet(OptionalInt::empty);
        } catch (Failure e) {
            if (e.code() == CliCode.NO_USER_DIRECTORY) {
                return OptionalInt.empty(); // there can be none
            }
            throw e;
        }
    }

    private static Diagnosis.OfContainer ofContainer(Session session, ContainerId id) {
        return new Diagnosis.OfContainer(
                id.value(), ContainerFindings.of(new ExamineContainer(session.containers()).run(id)));
    }

    private Diagnosis.OfJob ofJob(Session session, int pid) {
        ExamineJob.Result seen =
                new ExamineJob(Jobs.rules(session), criuConfig.ofJob(session::resolve, _ -> {})).run(pid);
        return new Diagnosis.OfJob(pid, seen.job().name(), JobFindings.of(seen.outlook()));
    }
}
