package io.jmigrate.runtime.seccomp;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.SeccompLibrary;
import io.jmigrate.runtime.linux.SeccompRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Compiles profiles with libseccomp for this host. */
public final class FilterCompiler {
    /** The library's name in the distribution's directory of native programs. */
    public static final String LIBRARY = "libseccomp.so.2";

    /** From so many rules on runc has libseccomp make a binary tree. */
    private static final int TREE_RULES = 8;

    private final SeccompLibrary library;

    private FilterCompiler(SeccompLibrary library) {
        this.library = library;
    }

    /**
     * With the library of a distribution.
     *
     * @param nativeDirectory has {@value #LIBRARY}
     * @throws Failure IO if the library can't be loaded
     */
    public static FilterCompiler in(Path nativeDirectory) {
        Path file = nativeDirectory.resolve(LIBRARY);
        try {
            return new FilterCompiler(SeccompLibrary.load(file));
        } catch (IllegalArgumentException e) {
            throw Failure.of(
                            RuntimeCode.IO,
                            "cannot load " + file + ", which compiles seccomp filters: " + e.getMessage())
                    .withCause(e);
        }
    }

    /** The version of libseccomp. */
    public String version() {
        return library.version();
    }

    /**
     * @throws Failure UNSUPPORTED if this libseccomp or the kernel doesn't take the profile
     */
    public SeccompFilter compile(SeccompProfile profile) {
        try (SeccompRules rules = library.rules(profile.defaultVerdict().bits())) {
            for (SeccompArchitecture architecture : profile.architectures()) {
                rules.addArchitecture(architecture.token(), architecture.ociName());
            }
            if (profile.rules().size() > TREE_RULES) {
                rules.arrangeAsTree();
            }
            List<String> unknown = new ArrayList<>();
            int count = add(profile, rules, unknown);
            FilterProgram program = FilterProgram.of(prefix(profile), rules.compile());
            requireShort(program);
            return new SeccompFilter(
                    profile.defaultVerdict().action(), count, program, flags(profile), profile.notifies(), unknown);
        } catch (LinuxException e) {
            throw Failure.of(RuntimeCode.UNSUPPORTED, "cannot compile the seccomp filter: " + e.getMessage())
                    .withCause(e);
        }
    }

    private int add(SeccompProfile profile, SeccompRules rules, List<String> unknown) {
        int count = 0;
        for (SeccompRule rule : profile.rules()) {
            for (String name : rule.names()) {
                OptionalInt number = library.number(library.nativeArchitecture(), name);
                if (number.isEmpty()) {
                    unknown.add(name);
                } else if (!rule.verdict().equals(profile.defaultVerdict())) {
                    // libseccomp refuses rules that say what holds by default
                    add(rule, number.getAsInt(), name, rules);
                    count++;
                }
            }
        }
        return count;
    }

    private static void add(SeccompRule rule, int number, String name, SeccompRules rules) {
        for (List<SeccompRule.Condition> conditions : rule.alternatives()) {
            rules.add(
                    rule.verdict().bits(),
                    number,
                    name,
                    conditions.stream().map(FilterCompiler::comparison).toList());
        }
    }

    private static SeccompRules.Comparison comparison(SeccompRule.Condition condition) {
        return new SeccompRules.Comparison(
                condition.index(), condition.operator().number(), condition.value(), condition.second());
    }

    private byte[] prefix(SeccompProfile profile) {
        if (!NewerCalls.concern(profile.defaultVerdict())) {
            return new byte[0];
        }
        Map<SeccompArchitecture, Integer> greatest = new EnumMap<>(SeccompArchitecture.class);
        for (SeccompArchitecture architecture : architectures(profile)) {
            profile.rules().stream()
                    .flatMap(rule -> rule.names().stream())
                    .map(name -> library.number(architecture.token(), name))
                    .flatMapToInt(OptionalInt::stream)
                    .filter(number -> number > 0)
                    .max()
                    .ifPresent(number -> greatest.put(architecture, number));
        }
        return greatest.isEmpty() ? new byte[0] : NewerCalls.refused(greatest);
    }

    private Set<SeccompArchitecture> architectures(SeccompProfile profile) {
        Set<SeccompArchitecture> all = EnumSet.noneOf(SeccompArchitecture.class);
        all.addAll(profile.architectures());
        SeccompArchitecture.ofToken(library.nativeArchitecture()).ifPresent(all::add);
        return all;
    }

    /** The kernel takes the flag about listeners only if there is one. */
    private static Set<SeccompFlag> flags(SeccompProfile profile) {
        Set<SeccompFlag> flags = EnumSet.noneOf(SeccompFlag.class);
        flags.addAll(profile.flags());
        if (!profile.notifies()) {
            flags.remove(SeccompFlag.WAIT_KILLABLE_RECV);
        }
        return flags;
    }

    private static void requireShort(FilterProgram program) {
        if (program.instructions() > FilterProgram.INSTRUCTIONS_MAX) {
            throw Failure.of(
                    RuntimeCode.UNSUPPORTED,
                    "the seccomp filter has " + program + ", the kernel takes " + FilterProgram.INSTRUCTIONS_MAX);
        }
    }
}
