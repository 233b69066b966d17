package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.config.Rlimit;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.spec.CapabilitiesSpec;
import io.jmigrate.runtime.spec.ProcessSpec;
import io.jmigrate.runtime.spec.RlimitSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The process: what to execute, where and with which rights. */
final class ProcessChecks {
    private ProcessChecks() {}

    static void check(Subject subject, Problems problems) {
        if (subject.spec().process().isEmpty()) {
            if (subject.lacks("process")) {
                problems.invalid("$.process", "is required");
            }
            return;
        }
        check("$.process", subject.spec().process().get(), problems);
    }

    /** Checks a process whose object is at a path of its document. */
    static void check(String path, ProcessSpec process, Problems problems) {
        checkArgs(path, process, problems);
        checkCwd(path, process.cwd(), problems);
        checkEnv(path, process.env(), problems);
        process.capabilities().ifPresent(sets -> checkCapabilities(path + ".capabilities", sets, problems));
        checkRlimits(path + ".rlimits", process.rlimits(), problems);
        SchedulingChecks.checkProcess(path, process.scheduling(), problems);
        LabelChecks.checkProcess(path, process, problems);
    }

    private static void checkArgs(String path, ProcessSpec process, Problems problems) {
        if (process.args().isEmpty()) {
            problems.invalid(path + ".args", "must name a program to execute");
        } else if (process.args().getFirst().isEmpty()) {
            problems.invalid(path + ".args[0]", "must name a program to execute, is empty");
        }
    }

    private static void checkCwd(String path, String cwd, Problems problems) {
        if (cwd.isEmpty()) {
            problems.invalid(path + ".cwd", "is required");
        } else if (!cwd.startsWith("/")) {
            problems.invalid(path + ".cwd", "must be an absolute path, is " + JsonPath.quote(cwd));
        }
    }

    private static void checkEnv(String path, List<String> env, Problems problems) {
        for (int i = 0; i < env.size(); i++) {
            if (env.get(i).indexOf('=') < 1) {
                problems.invalid(
                        JsonPath.element(path + ".env", i),
                        "must have the form NAME=value, is " + JsonPath.quote(env.get(i)));
            }
        }
    }

    /** Names that are no capabilities are no problem: whoever makes the container is warned of them. */
    private static void checkCapabilities(String path, CapabilitiesSpec sets, Problems problems) {
        checkWithin(path, "effective", sets.effective(), "permitted", sets.permitted(), problems);
        checkWithin(path, "ambient", sets.ambient(), "permitted", sets.permitted(), problems);
        checkWithin(path, "ambient", sets.ambient(), "inheritable", sets.inheritable(), problems);
    }

    /** What the kernel would refuse (capabilities(7), "Thread capability sets"). */
    private static void checkWithin(
            String path, String set, List<String> names, String outer, List<String> outerNames, Problems problems) {
        for (int i = 0; i < names.size(); i++) {
            if (!outerNames.contains(names.get(i))) {
                problems.invalid(
                        JsonPath.element(path + "." + set, i),
                        names.get(i) + " must be in " + path + "." + outer + " too");
            }
        }
    }

    private static void checkRlimits(String path, List<RlimitSpec> rlimits, Problems problems) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < rlimits.size(); i++) {
            RlimitSpec rlimit = rlimits.get(i);
            String at = JsonPath.element(path, i);
            if (!rlimit.type().isEmpty() && Rlimit.resourceNamed(rlimit.type()).isEmpty()) {
                problems.invalid(at + ".type", "is not a resource limit: " + JsonPath.quote(rlimit.type()));
            } else if (!rlimit.type().isEmpty() && !seen.add(rlimit.type())) {
                problems.invalid(at + ".type", "is given twice: " + rlimit.type());
            }
            if (Long.compareUnsigned(rlimit.soft(), rlimit.hard()) > 0) {
                problems.invalid(at + ".soft", "must not be above the hard limit");
            }
        }
    }
}
