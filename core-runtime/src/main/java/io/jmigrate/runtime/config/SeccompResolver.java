package io.jmigrate.runtime.config;

import io.jmigrate.runtime.seccomp.SeccompAction;
import io.jmigrate.runtime.seccomp.SeccompArchitecture;
import io.jmigrate.runtime.seccomp.SeccompFlag;
import io.jmigrate.runtime.seccomp.SeccompOperator;
import io.jmigrate.runtime.seccomp.SeccompProfile;
import io.jmigrate.runtime.seccomp.SeccompRule;
import io.jmigrate.runtime.seccomp.Verdict;
import io.jmigrate.runtime.spec.SeccompSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Resolves the description of a filter that has no problems. */
final class SeccompResolver {
    private SeccompResolver() {}

    static SeccompProfile resolve(SeccompSpec spec) {
        return new SeccompProfile(
                verdict(spec.defaultAction(), spec.defaultErrnoRet()),
                set(spec.architectures(), SeccompArchitecture::named),
                spec.flags()
                        .map(flags -> set(flags, SeccompFlag::named))
                        .orElse(Set.of(SeccompFlag.SPEC_ALLOW)), // as runc
                spec.listenerPath()
                        .map(path -> new SeccompProfile.Listener(
                                path, spec.listenerMetadata().orElse(""))),
                spec.syscalls().stream().map(SeccompResolver::rule).toList());
    }

    private static Verdict verdict(String name, Optional<Long> errno) {
        SeccompAction action = known(SeccompAction.named(name), name);
        return new Verdict(
                action, action.takesErrno() ? errno.map(Long::intValue).orElse(Verdict.EPERM) : 0);
    }

    private static SeccompRule rule(SeccompSpec.Rule rule) {
        return new SeccompRule(
                rule.names(),
                verdict(rule.action(), rule.errnoRet()),
                rule.args().stream().map(SeccompResolver::condition).toList());
    }

    private static SeccompRule.Condition condition(SeccompSpec.Argument argument) {
        return new SeccompRule.Condition(
                (int) argument.index(),
                known(SeccompOperator.named(argument.op()), argument.op()),
                argument.value(),
                argument.valueTwo());
    }

    private static <T> Set<T> set(List<String> names, Function<String, Optional<T>> named) {
        return names.stream().map(name -> known(named.apply(name), name)).collect(Collectors.toUnmodifiableSet());
    }

    private static <T> T known(Optional<T> value, String name) {
        return value.orElseThrow(() -> new IllegalArgumentException("not a validated spec: " + name));
    }
}
