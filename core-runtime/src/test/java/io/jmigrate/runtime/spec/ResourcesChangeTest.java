package io.jmigrate.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.spec.ResourcesSpec.Throttle;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ResourcesChangeTest {
    private static ResourcesChange change(String json) {
        return ResourcesChange.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "change.json");
    }

    private static Spec spec(String json) {
        return Specs.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "config.json")
                .spec();
    }

    private static ResourcesSpec limits(Spec spec, String change) {
        return change(change).appliedTo(spec).spec().linux().resources();
    }

    @Test
    void replacesWhatIsGivenAndKeepsTheRest() {
        Spec spec = spec("{'hostname': 'h', 'linux': {'resources': {'x': 1, 'memory': {'limit': 5, 'swap': 9}}}}");

        SpecReading changed =
                change("{'memory': {'limit': 6}, 'pids': {'limit': 3}}").appliedTo(spec);

        assertThat(changed.spec().document().toString())
                .isEqualTo("{\"hostname\":\"h\",\"linux\":{\"resources\":{\"x\":1,"
                        + "\"memory\":{\"limit\":6,\"swap\":9},\"pids\":{\"limit\":3}}}}");
        assertThat(spec.linux().resources().memory().limit()).hasValue(5L);
    }

    @Test
    void takesZerosForNotGivenWhereZeroIsNoLimit() {
        Spec spec = spec("{'linux': {'resources': {'memory': {'limit': 5, 'swappiness': 60, 'disableOOMKiller': true},"
                + " 'cpu': {'cpus': '0', 'burst': 7, 'shares': 8}}}}");

        ResourcesSpec changed = limits(
                spec,
                "{'memory': {'limit': 0, 'swap': null, 'swappiness': 0, 'disableOOMKiller': false},"
                        + " 'cpu': {'cpus': '', 'burst': 0, 'shares': 0}}");

        assertThat(changed.memory().limit()).hasValue(5L);
        assertThat(changed.memory().swappiness()).hasValue(0L);
        assertThat(changed.memory().disableOomKiller()).hasValue(false);
        assertThat(changed.cpu().cpus()).hasValue("0");
        assertThat(changed.cpu().burst()).hasValue(0L);
        assertThat(changed.cpu().shares()).hasValue(8L);
    }

    @Test
    void replacesTheMemberOfAListThatIsAboutTheSameDevice() {
        Spec spec = spec("{'linux': {'resources': {'blockIO': {'throttleReadBpsDevice': ["
                + "{'major': 8, 'minor': 0, 'rate': 1}, {'major': 8, 'minor': 1, 'rate': 2}]}}}}");

        ResourcesSpec changed = limits(
                spec,
                "{'blockIO': {'throttleReadBpsDevice': [{'major': 8, 'minor': 0, 'rate': 0},"
                        + " {'major': 9, 'minor': 0, 'rate': 3}]}}");

        assertThat(changed.blockIo().readBytes())
                .containsExactlyInAnyOrder(new Throttle(8, 1, 2), new Throttle(8, 0, 0), new Throttle(9, 0, 3));
    }

    @Test
    void leavesRulesAboutDevicesAlone() {
        Spec spec = spec("{'linux': {'resources': {'devices': [{'allow': false}]}}}");

        ResourcesChange change = change("{'devices': [{'allow': true}]}");

        assertThat(change.hasDeviceRules()).isTrue();
        assertThat(change.appliedTo(spec).spec().linux().resources().devices())
                .isEqualTo(spec.linux().resources().devices());
    }

    @Test
    void collectsChanges() {
        ResourcesChange both = change("{'memory': {'limit': 5, 'swap': 9}}").then(change("{'memory': {'limit': 6}}"));

        assertThat(both).isEqualTo(change("{'memory': {'limit': 6, 'swap': 9}}"));
        assertThat(ResourcesChange.parse(both.bytes(), "again")).isEqualTo(both);
    }

    @Test
    void isRefusedIfItIsNoObject() {
        for (String json : new String[] {"", "[]", "{'memory': {}, 'memory': {}}"}) {
            assertThatThrownBy(() -> change(json)).isInstanceOf(Failure.class).hasMessageContaining("change.json");
        }
    }
}
