package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.seccomp.SeccompAction;
import io.jmigrate.runtime.seccomp.SeccompArchitecture;
import io.jmigrate.runtime.seccomp.SeccompFlag;
import io.jmigrate.runtime.seccomp.SeccompOperator;
import io.jmigrate.runtime.spec.SeccompSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The filter for system calls. Names of calls are not checked: one that is unknown here may be known elsewhere. */
final class SeccompChecks {
    private static final String SECCOMP = "$.linux.seccomp";
    private static final String SYSCALLS = SECCOMP + ".syscalls";

    private SeccompChecks() {}

    static void check(Subject subject, Problems problems) {
        subject.spec().linux().seccomp().ifPresent(seccomp -> check(seccomp, problems));
    }

    private static void check(SeccompSpec seccomp, Problems problems) {
        checkAction(SECCOMP + ".defaultAction", seccomp.defaultAction(), problems);
        checkErrno(SECCOMP + ".defaultErrnoRet", seccomp.defaultErrnoRet(), seccomp.defaultAction(), problems);
        checkNames(
                SECCOMP + ".architectures",
                seccomp.architectures(),
                SeccompArchitecture::named,
                "architecture",
                problems);
        checkNames(SECCOMP + ".flags", seccomp.flags().orElse(List.of()), SeccompFlag::named, "flag", problems);
        for (int i = 0; i < seccomp.syscalls().size(); i++) {
            checkRule(JsonPath.element(SYSCALLS, i), seccomp.syscalls().get(i), problems);
        }
        checkListener(seccomp, problems);
    }

    private static void checkRule(String path, SeccompSpec.Rule rule, Problems problems) {
        if (rule.names().isEmpty()) {
            problems.invalid(path + ".names", "must name a system call");
        }
        checkAction(path + ".action", rule.action(), problems);
        checkErrno(path + ".errnoRet", rule.errnoRet(), rule.action(), problems);
        for (int i = 0; i < rule.args().size(); i++) {
            String op = rule.args().get(i).op();
            if (!op.isEmpty() && SeccompOperator.named(op).isEmpty()) {
                problems.invalid(
                        JsonPath.element(path + ".args", i) + ".op",
                        "is not a seccomp operator: " + JsonPath.quote(op));
            }
        }
    }

    private static void checkAction(String path, String name, Problems problems) {
        if (!name.isEmpty() && SeccompAction.named(name).isEmpty()) {
            problems.invalid(path, "is not a seccomp action: " + JsonPath.quote(name));
        }
    }

    /** Where an action takes none, the specification wants an error. */
    private static void checkErrno(String path, Optional<Long> errno, String name, Problems problems) {
        Optional<SeccompAction> action = SeccompAction.named(name);
        if (errno.isPresent() && action.isPresent() && !action.get().takesErrno()) {
            problems.invalid(path, "must not be there: " + name + " returns no errno");
        }
    }

    private static void checkNames(
            String path, List<String> names, Function<String, Optional<?>> named, String what, Problems problems) {
        for (int i = 0; i < names.size(); i++) {
            if (named.apply(names.get(i)).isEmpty()) {
                problems.invalid(
                        JsonPath.element(path, i), "is not a seccomp " + what + ": " + JsonPath.quote(names.get(i)));
            }
        }
    }

    private static void checkListener(SeccompSpec seccomp, Problems problems) {
        String notify = SeccompAction.NOTIFY.ociName();
        if (seccomp.defaultAction().equals(notify)) {
            // as runc: the process would stand still before anybody knows of its listener
            problems.unsupported(
                    SECCOMP + ".defaultAction", "handing every system call to a listener is not supported");
        }
        boolean notifies =
                seccomp.syscalls().stream().anyMatch(rule -> rule.action().equals(notify));
        if (notifies && seccomp.listenerPath().isEmpty()) {
            problems.invalid(SECCOMP + ".listenerPath", "is required, for " + notify + " is used");
        }
        seccomp.listenerPath()
                .filter(path -> !path.startsWith("/"))
                .ifPresent(path -> problems.invalid(
                        SECCOMP + ".listenerPath", "must be an absolute path, is " + JsonPath.quote(path)));
        if (seccomp.listenerMetadata().isPresent() && seccomp.listenerPath().isEmpty()) {
            problems.invalid(SECCOMP + ".listenerMetadata", "needs a listenerPath beside it");
        }
    }
}
