package io.jmigrate.runtime.cgroup.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitPlaceTest {
    @ParameterizedTest
    @CsvSource({
        "machine.slice:libpod:abc, machine.slice/libpod-abc.scope",
        ":docker:abc, system.slice/docker-abc.scope",
        "system.slice::abc, system.slice/-abc.scope",
        "a-b-c.slice:p:n, a.slice/a-b.slice/a-b-c.slice/p-n.scope",
        "-.slice:p:n, p-n.scope",
        "kubepods.slice:x:kubepods-burstable-pod1.slice, "
                + "kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice",
        "user.slice:cri-containerd:0f@x_y.z, user.slice/cri-containerd-0f@x_y.z.scope"
    })
    void hasTheDirectoryThatSystemdGivesTheUnit(String cgroupsPath, Path directory) {
        assertThat(UnitPlace.of(Optional.of(cgroupsPath), "id").directory()).isEqualTo(directory);
    }

    @Test
    void isAScopeOfTheSystemWhereNoPathIsGiven() {
        UnitPlace place = new UnitPlace("system.slice", "jmigrate-web.scope");

        assertThat(UnitPlace.of(Optional.empty(), "web")).isEqualTo(place);
        assertThat(UnitPlace.of(Optional.of(""), "web")).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jmigrate/web",
                "system.slice:p",
                "system.slice:p:",
                "system.slice:p:n:more",
                "a/b.slice:p:n",
                "system:p:n",
                ".slice:p:n",
                "a--b.slice:p:n",
                "-a.slice:p:n",
                "a-.slice:p:n",
                "system.slice:p:a b",
                "system.slice:p:../n",
                "system.slice:p:-.slice",
                "system.slice:p:a--b.slice"
            })
    void refusesWhatNamesNoUnit(String cgroupsPath) {
        assertThatThrownBy(() -> UnitPlace.of(Optional.of(cgroupsPath), "id"))
                .hasMessageStartingWith("$.linux.cgroupsPath, \"" + cgroupsPath + "\", ");
    }

    @Test
    void refusesNamesThatAreTooLong() {
        assertThatThrownBy(() -> UnitPlace.of(Optional.of("system.slice:p:" + "n".repeat(255)), "id"))
                .hasMessageContaining("a name that systemd does not take");
    }

    @ParameterizedTest
    @ValueSource(strings = {"machine.slice:libpod:abc", "-.slice:p:n", "a-b.slice:p:n", "a.slice:x:a-b.slice"})
    void isFoundAgainFromItsDirectory(String cgroupsPath) {
        UnitPlace place = UnitPlace.of(Optional.of(cgroupsPath), "id");

        assertThat(UnitPlace.at(place.directory()))
                .satisfies(found -> assertThat(found.unit()).isEqualTo(place.unit()))
                .satisfies(found -> assertThat(found.parent()).isEqualTo(place.parent()));
    }
}
