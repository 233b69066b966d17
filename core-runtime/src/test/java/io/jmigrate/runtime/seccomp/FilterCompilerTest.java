package io.jmigrate.runtime.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.seccomp.SeccompRule.Condition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What compiled filters answer, by running them on system calls of x86-64. */
class FilterCompilerTest {
    private static final Path NATIVE = Path.of(System.getProperty("jmigrate.native.dir", "native/target"));
    private static final Verdict ALLOW = new Verdict(SeccompAction.ALLOW, 0);
    private static final Verdict EPERM = new Verdict(SeccompAction.ERRNO, 1);
    private static final Verdict ENOSYS = new Verdict(SeccompAction.ERRNO, 38);

    private static final int READ = 0;
    private static final int MKDIR = 83;
    private static final int PERSONALITY = 135;
    private static final int NEWEST = 4000;
    private static final int X32_BIT = 0x4000_0000;

    @BeforeEach
    void requireArchitecture() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "the numbers of calls are those of x86-64");
    }

    private static SeccompProfile profile(Verdict byDefault, SeccompRule... rules) {
        return new SeccompProfile(byDefault, Set.of(), Set.of(), Optional.empty(), List.of(rules));
    }

    private static SeccompRule rule(Verdict verdict, String name, Condition... conditions) {
        return new SeccompRule(List.of(name), verdict, List.of(conditions));
    }

    private static SeccompFilter compile(SeccompProfile profile) {
        return FilterCompiler.in(NATIVE).compile(profile);
    }

    private static int judge(SeccompProfile profile, int number, long... arguments) {
        return new FilterMachine(compile(profile).program()).judge(SeccompArchitecture.X86_64, number, arguments);
    }

    @ParameterizedTest
    @EnumSource
    void compilesEachAction(SeccompAction action) {
        Verdict verdict = new Verdict(action, action.takesErrno() ? 13 : 0);
        SeccompProfile asRule =
                profile(action == SeccompAction.ALLOW ? EPERM : ALLOW, rule(verdict, "mkdir"), rule(EPERM, "getpid"));

        assertThat(judge(asRule, MKDIR)).isEqualTo(verdict.bits());
        assertThat(judge(profile(verdict, rule(verdict.equals(ALLOW) ? EPERM : ALLOW, "getpid")), READ))
                .isEqualTo(verdict.bits());
    }

    /** On the argument of personality(2), with 64 bits. */
    @ParameterizedTest
    @CsvSource({
        "NE, 8, 0, 9, 8",
        "LT, 0x100000008, 0, 0x100000007, 0x100000008",
        "LE, 8, 0, 8, 9",
        "EQ, 0xffffffff00000001, 0, 0xffffffff00000001, 1",
        "GE, 8, 0, 0xffffffffffffffff, 7",
        "GT, 8, 0, 9, 8",
        "MASKED_EQ, 0xf0, 0x10, 0x1f, 0x2f"
    })
    void compilesEachOperator(SeccompOperator operator, String value, String second, String holds, String doesNot) {
        Condition condition = new Condition(0, operator, parse(value), parse(second));
        SeccompProfile profile = profile(EPERM, rule(ALLOW, "personality", condition));

        assertThat(judge(profile, PERSONALITY, parse(holds))).isEqualTo(ALLOW.bits());
        assertThat(judge(profile, PERSONALITY, parse(doesNot))).isEqualTo(EPERM.bits());
    }

    private static long parse(String number) {
        return number.startsWith("0x")
                ? Long.parseUnsignedLong(number, 2, number.length(), 16)
                : Long.parseLong(number);
    }

    @Test
    void takesConditionsOnDifferentArgumentsTogetherAndThoseOnOneAsAlternatives() {
        Condition first = new Condition(0, SeccompOperator.EQ, 1, 0);
        SeccompProfile both =
                profile(EPERM, rule(ALLOW, "personality", first, new Condition(1, SeccompOperator.EQ, 2, 0)));
        SeccompProfile either =
                profile(EPERM, rule(ALLOW, "personality", first, new Condition(0, SeccompOperator.EQ, 2, 0)));

        assertThat(judge(both, PERSONALITY, 1, 2)).isEqualTo(ALLOW.bits());
        assertThat(judge(both, PERSONALITY, 1, 1)).isEqualTo(EPERM.bits());
        assertThat(judge(either, PERSONALITY, 2, 0)).isEqualTo(ALLOW.bits());
        assertThat(judge(either, PERSONALITY, 3, 0)).isEqualTo(EPERM.bits());
    }

    @Test
    void answersCallsThatAreNewerThanTheProfileWithEnosys() {
        SeccompProfile profile = profile(EPERM, rule(ALLOW, "mkdir"));

        assertThat(judge(profile, MKDIR)).isEqualTo(ALLOW.bits());
        assertThat(judge(profile, READ)).isEqualTo(EPERM.bits());
        assertThat(judge(profile, MKDIR + 1)).isEqualTo(ENOSYS.bits());
        assertThat(judge(profile, NEWEST)).isEqualTo(ENOSYS.bits());
        assertThat(judge(profile, X32_BIT | READ)).isEqualTo(ENOSYS.bits());
    }

    @Test
    void leavesNewerCallsToADefaultThatLetsThemThrough() {
        for (SeccompAction action : List.of(SeccompAction.ALLOW, SeccompAction.LOG, SeccompAction.TRACE)) {
            Verdict byDefault = new Verdict(action, 0);
            assertThat(judge(profile(byDefault, rule(EPERM, "mkdir")), NEWEST)).isEqualTo(byDefault.bits());
        }
        Verdict kill = new Verdict(SeccompAction.KILL_PROCESS, 0);
        assertThat(judge(profile(kill, rule(ALLOW, "mkdir")), NEWEST)).isEqualTo(ENOSYS.bits());
    }

    @Test
    void filtersCallsOfSubArchitecturesToo() {
        SeccompProfile profile = new SeccompProfile(
                EPERM,
                Set.of(SeccompArchitecture.X86_64, SeccompArchitecture.X86, SeccompArchitecture.X32),
                Set.of(),
                Optional.empty(),
                List.of(rule(ALLOW, "mkdir")));
        FilterMachine machine = new FilterMachine(compile(profile).program());
        int mkdirOfX86 = 39;

        assertThat(machine.judge(SeccompArchitecture.X86, mkdirOfX86)).isEqualTo(ALLOW.bits());
        assertThat(machine.judge(SeccompArchitecture.X86, 1)).isEqualTo(EPERM.bits());
        assertThat(machine.judge(SeccompArchitecture.X86, mkdirOfX86 + 1)).isEqualTo(ENOSYS.bits());
        assertThat(machine.judge(SeccompArchitecture.X32, X32_BIT | MKDIR)).isEqualTo(ALLOW.bits());
        assertThat(machine.judge(SeccompArchitecture.X32, X32_BIT | READ)).isEqualTo(EPERM.bits());
        assertThat(machine.judge(SeccompArchitecture.X32, X32_BIT | NEWEST)).isEqualTo(ENOSYS.bits());
        assertThat(machine.judge(SeccompArchitecture.X86_64, NEWEST)).isEqualTo(ENOSYS.bits());
        assertThat(machine.judge(SeccompArchitecture.AARCH64, MKDIR))
                .as("an architecture that the profile does not name")
                .isEqualTo(new Verdict(SeccompAction.KILL_THREAD, 0).bits());
    }

    @Test
    void passesOverNamesThatNobodyKnowsAndRulesThatSayWhatHoldsAnyway() {
        SeccompFilter filter = compile(profile(
                EPERM, rule(ALLOW, "nosuchcall"), rule(EPERM, "mkdir"), rule(ALLOW, "read"), rule(ALLOW, "read")));

        assertThat(filter.passedOver()).containsExactly("nosuchcall");
        assertThat(filter.rules()).isEqualTo(2);
        assertThat(new FilterMachine(filter.program()).judge(SeccompArchitecture.X86_64, READ))
                .isEqualTo(ALLOW.bits());
    }

    @Test
    void tellsTheKernelOfTheListenersFlagOnlyIfThereIsOne() {
        Set<SeccompFlag> flags = Set.of(SeccompFlag.LOG, SeccompFlag.WAIT_KILLABLE_RECV);
        SeccompRule notify = rule(new Verdict(SeccompAction.NOTIFY, 0), "mkdir");

        SeccompFilter without = compile(new SeccompProfile(ALLOW, Set.of(), flags, Optional.empty(), List.of()));
        SeccompFilter with = compile(new SeccompProfile(ALLOW, Set.of(), flags, Optional.empty(), List.of(notify)));

        assertThat(without.flags()).containsExactly(SeccompFlag.LOG);
        assertThat(without.notifies()).isFalse();
        assertThat(with.flags()).isEqualTo(flags);
        assertThat(with.notifies()).isTrue();
    }

    @Test
    void refusesWhatTheKernelWouldNotTake() {
        List<SeccompRule> rules = new ArrayList<>();
        IntStream.range(0, 4500)
                .mapToObj(i -> rule(ALLOW, "personality", new Condition(0, SeccompOperator.EQ, i, 0)))
                .forEach(rules::add);

        assertThatThrownBy(() -> compile(profile(EPERM, rules.toArray(SeccompRule[]::new))))
                .isInstanceOf(Failure.class)
                .hasMessageMatching("the seccomp filter has \\d+ instructions, the kernel takes 4096");
    }

    @Test
    void namesALibraryThatIsNotThere() {
        assertThatThrownBy(() -> FilterCompiler.in(Path.of("/nosuch")))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("cannot load /nosuch/libseccomp.so.2, which compiles seccomp filters: ");
    }
}
