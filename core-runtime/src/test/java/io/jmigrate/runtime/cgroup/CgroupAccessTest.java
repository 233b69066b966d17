package io.jmigrate.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.spec.Specs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupAccessTest {
    private static final String MEMORY = "\"memory\": {\"limit\": 1048576}";
    private static final String PIDS = "\"pids\": {\"limit\": 5}";

    @TempDir
    Path mounted;

    private CgroupPlace place(String... controllers) {
        String name = controllers.length == 0 ? "unified" : controllers[0];
        return new CgroupPlace(List.of(controllers), mounted.resolve(name), mounted.resolve(name + "/user/web"));
    }

    private static Resources resources(String... fields) {
        String json = "{\"linux\": {\"resources\": {" + String.join(",", fields) + "}}}";
        return Resources.resolve(Specs.parse(json.getBytes(StandardCharsets.UTF_8), "config.json")
                .spec()
                .linux()
                .resources());
    }

    @Test
    void goesByWhatIsThereAndWhetherItMayBeWrittenTo() throws Exception {
        Files.createDirectories(mounted.resolve("memory/user"));
        Files.createDirectories(mounted.resolve("unified/user"));

        CgroupAccess access = CgroupAccess.to(new CgroupPaths(List.of(place("memory"), place())));

        assertThat(access.usable().places()).containsExactly(place("memory"));
        assertThat(access.denied()).as("has no cgroup.procs").containsExactly(place());
    }

    @Test
    void refusesLimitsOfCgroupsThatCanNotBeMade() throws Exception {
        Files.createDirectories(mounted.resolve("pids/user"));
        CgroupAccess access =
                new CgroupAccess(new CgroupPaths(List.of(place("memory"))), List.of(place("pids"), place()));

        assertThatCode(() -> access.check(resources(MEMORY))).doesNotThrowAnyException();
        assertThatThrownBy(() -> access.check(resources(MEMORY, PIDS)))
                .hasMessage(
                        "cannot set $.linux.resources.pids.limit: the cgroup %s can't be made, as %s is not this user's"
                                .formatted(place("pids").directory(), mounted.resolve("pids/user")));
        assertThatThrownBy(() -> access.check(resources("\"unified\": {\"memory.high\": \"1\"}")))
                .hasMessageStartingWith(
                        "cannot set $.linux.resources.unified[\"memory.high\"]: the cgroup " + place().directory());
    }

    @Test
    void refusesLimitsOfVersion2ToEverybodyElse() {
        CgroupAccess access = new CgroupAccess(new CgroupPaths(List.of()), List.of(place()));

        assertThatThrownBy(() -> access.check(resources(MEMORY)))
                .hasMessageStartingWith("cannot set $.linux.resources.memory.limit: the cgroup " + place().directory());
        assertThatCode(() -> access.check(resources())).doesNotThrowAnyException();
    }

    @Test
    void leavesNothingToDoWithoutOne() {
        Cgroup absent = Cgroups.ofHost().open(new CgroupPaths(List.of()));

        assertThatCode(() -> {
                    absent.checkUnused();
                    absent.create();
                    absent.limit(resources());
                    absent.destroy(Duration.ZERO);
                })
                .doesNotThrowAnyException();
        assertThat(absent.isFrozen()).isFalse();
        assertThatThrownBy(() -> absent.freeze(Duration.ZERO))
                .hasMessageStartingWith("cannot freeze its processes: the container has no cgroup of its own");
        assertThatThrownBy(() -> absent.update(resources(PIDS)))
                .hasMessageStartingWith("cannot set $.linux.resources.pids.limit: ");
        assertThatThrownBy(() -> absent.update(resources("\"unified\": {\"memory.high\": \"1\"}")))
                .hasMessageStartingWith("cannot set $.linux.resources.unified: ");
    }
}
