package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.ProcessConfig;
import io.jmigrate.runtime.config.Rights;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problem;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.spec.ProcessReading;
import io.jmigrate.runtime.spec.SpecReading;
import io.jmigrate.runtime.spec.Specs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** From a bundle on disk to a config that can be run, or to everything that is wrong with it. */
public final class Configs {
    private Configs() {}

    /**
     * Reads, judges and resolves a bundle's config.json.
     *
     * @throws Failure INVALID_CONFIG or, when nothing but missing features stands in the way, UNSUPPORTED; its details are one
     *     line per problem, each beginning with a JSON path
     */
    public static Config load(Path bundle) {
        Path absolute = bundle.toAbsolutePath().normalize();
        return resolve(absolute, Specs.read(absolute));
    }

    /** The same for a spec that has been read already. */
    public static Config resolve(Path bundle, SpecReading reading) {
        return resolve(bundle, reading, Rights.ROOT);
    }

    /** The same for a user who may do less than root: what needs more rights is a problem too. */
    public static Config resolve(Path bundle, SpecReading reading, Rights rights) {
        return resolve(new Subject(bundle, reading.spec(), false, rights), reading);
    }

    /**
     * The same for the spec of a container that exists: sources of its mounts and namespaces that it joined may be gone.
     *
     * @param bundle absolute
     */
    public static Config ofRunning(Path bundle, SpecReading reading) {
        return resolve(new Subject(bundle, reading.spec(), true, Rights.ROOT), reading);
    }

    private static Config resolve(Subject subject, SpecReading reading) {
        List<Problem> problems = problems(subject, reading);
        Path file = subject.bundle().resolve(Specs.FILE_NAME);
        refuseChanges(problems, reading.changed(), file);
        refuseIfAny(problems, file);
        return Config.resolve(subject.bundle(), reading.spec());
    }

    /** Everything that is wrong with a bundle's spec; empty when it can be run. */
    public static List<Problem> problems(Path bundle, SpecReading reading) {
        return problems(new Subject(bundle, reading.spec(), false, Rights.ROOT), reading);
    }

    private static List<Problem> problems(Subject subject, SpecReading reading) {
        Problems problems = new Problems();
        problems.addAll(reading.problems());
        for (Check check : Checks.OF_SPECS) {
            check.rule().check(subject, problems);
        }
        return problems.list();
    }

    /** Reads, judges and resolves a {@code process} object in a file of its own, as {@code exec --process} takes it. */
    public static ProcessConfig loadProcess(Path file) {
        ProcessReading reading = Specs.readProcess(file);
        Problems problems = new Problems();
        problems.addAll(reading.problems());
        ProcessChecks.check(JsonPath.ROOT, reading.process(), problems);
        refuseIfAny(problems.list(), file);
        return ProcessConfig.resolve(reading.process());
    }

    private static void refuseChanges(List<Problem> problems, Map<String, String> changed, Path file) {
        if (problems.stream().map(Problem::path).noneMatch(changed::containsKey)) {
            return;
        }
        List<String> lines = problems.stream()
                .map(problem -> changed.getOrDefault(problem.path(), problem.path()) + ": " + problem.message())
                .distinct()
                .toList();
        throw Failure.of(
                        RuntimeCode.INVALID_CHANGE,
                        "what is to be other than in " + file + " is not valid: " + count(lines))
                .withDetails(lines);
    }

    private static String count(List<String> lines) {
        return lines.size() == 1 ? "1 problem" : lines.size() + " problems";
    }

    private static void refuseIfAny(List<Problem> problems, Path file) {
        if (problems.isEmpty()) {
            return;
        }
        List<String> lines = problems.stream().map(Problem::toString).distinct().toList();
        boolean invalid = problems.stream().anyMatch(problem -> problem.kind() == Problem.Kind.INVALID);
        RuntimeCode code = invalid ? RuntimeCode.INVALID_CONFIG : RuntimeCode.UNSUPPORTED;
        String verdict = invalid ? " is not valid: " : " asks for what this version does not support: ";
        throw Failure.of(code, file + verdict + count(lines)).withDetails(lines);
    }
}
