package io.jmigrate.runtime.cgroup.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.cgroup.Founding;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.spec.ResourcesSpec;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said to systemd, what is done to the files, and in which order. */
class UnitCgroupTest {
    private static final String UNIT = "p-n.scope";
    private static final Path TOP = Path.of("/sys/fs/cgroup");
    private static final Resources LIMITS = Resources.resolve(ResourcesSpec.NONE);

    private final List<String> calls = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    private boolean frozen;

    private final Systemd manager = new Systemd() {
        @Override
        public boolean knows(String unit) {
            return known.contains(unit);
        }

        @Override
        public void start(String unit, List<UnitProperty> properties) {
            calls.add("start " + unit);
            known.add(unit);
        }

        @Override
        public void set(String unit, List<UnitProperty> properties) {
            calls.add("set " + unit);
        }

        @Override
        public void stop(String unit) {
            calls.add("stop " + unit);
            known.remove(unit);
        }

        @Override
        public void forget(String unit) {
            calls.add("forget " + unit);
            if (failed.remove(unit)) {
                known.remove(unit);
            }
        }

        @Override
        public void close() {}
    };

    private Cgroup cgroup(List<String> controllers, String unit) {
        CgroupPaths paths = new CgroupPaths(
                List.of(new CgroupPlace(
                        controllers, TOP, TOP.resolve("system.slice").resolve(unit))),
                Optional.of(unit));
        return new SystemdCgroups(this::files, () -> manager).open(paths);
    }

    private Cgroup files(CgroupPaths paths) {
        return (Cgroup)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Cgroup.class}, (_, m, _) -> {
                    switch (m.getName()) {
                        case "paths" -> {
                            return paths;
                        }
                        case "isFrozen" -> {
                            return frozen;
                        }
                        default -> calls.add(m.getName());
                    }
                    return null;
                });
    }

    private Cgroup version1() {
        return cgroup(List.of("memory"), UNIT);
    }

    @Test
    void asksNobodyAboutCgroupsThatAreNoUnits() {
        CgroupPaths paths = new CgroupPaths(List.of(new CgroupPlace(List.of(), TOP, TOP.resolve("mine"))));
        Cgroup cgroup = new SystemdCgroups(this::files, () -> {
                    throw new AssertionError("systemd was asked");
                })
                .open(paths);
        cgroup.create();
        cgroup.destroy(Duration.ZERO);

        assertThat(calls).containsExactly("create", "destroy");
    }

    @Test
    void startsTheUnitBeforeTheOtherDirectoriesAreMade() {
        version1().create(Founding.NONE);

        assertThat(calls).containsExactly("start " + UNIT, "create");
    }

    @Test
    void takesTheNameOfAUnitThatHasFailed() {
        known.add(UNIT);
        failed.add(UNIT);
        version1().checkUnused();

        assertThat(calls).containsExactly("checkUnused", "forget " + UNIT);
    }

    @Test
    void refusesTheNameOfAScopeThatIsThere() {
        known.add(UNIT);

        assertThatThrownBy(() -> version1().checkUnused())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(RuntimeCode.ALREADY_EXISTS));
        assertThat(calls).doesNotContain("stop " + UNIT);
    }

    @Test
    void usesASliceThatIsThere() {
        known.add("system-x.slice");
        Cgroup slice = cgroup(List.of("memory"), "system-x.slice");
        slice.checkUnused();
        slice.create(Founding.NONE);

        assertThat(calls).containsExactly("checkUnused", "forget system-x.slice", "create");
    }

    @Test
    void asksTheKernelFirstAndWritesTheFilesAgain() {
        cgroup(List.of(), UNIT).update(LIMITS);

        assertThat(calls).containsExactly("update", "set " + UNIT, "update");
    }

    @Test
    void letsNobodyRunWhileSystemdForbidsAllDevices() {
        version1().update(LIMITS);

        assertThat(calls).containsExactly("update", "freeze", "set " + UNIT, "limit", "thaw");
    }

    @Test
    void leavesAPausedContainerFrozen() {
        frozen = true;
        version1().update(LIMITS);

        assertThat(calls).containsExactly("update", "set " + UNIT, "limit");
    }

    @Test
    void endsWhatIsLeftOfTheUnitAndNoMore() {
        known.add(UNIT);
        version1().destroy(Duration.ZERO);
        assertThat(calls).containsExactly("destroy", "stop " + UNIT, "forget " + UNIT);

        calls.clear();
        version1().destroy(Duration.ZERO);
        assertThat(calls).containsExactly("destroy");
    }
}
