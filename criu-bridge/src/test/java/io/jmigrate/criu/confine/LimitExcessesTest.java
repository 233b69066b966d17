package io.jmigrate.criu.confine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.spec.ResourcesChange;
import io.jmigrate.runtime.spec.Spec;
import io.jmigrate.runtime.spec.Specs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of a container that {@code update} has changed, against those of its bundle. */
class LimitExcessesTest {
    private static final Spec BUNDLE =
            Specs.parse("""
                    {"linux": {"resources": {
                      "memory": {"limit": 1000, "swappiness": 10},
                      "cpu": {"quota": 50000, "period": 100000, "cpus": "0-1"},
                      "pids": {"limit": 10},
                      "blockIO": {"throttleReadBpsDevice": [{"major": 8, "minor": 0, "rate": 100}]}}}}
                    """.getBytes(StandardCharsets.UTF_8), "config.json").spec();

    private static Resources resources(Spec spec) {
        return Resources.resolve(spec.linux().resources());
    }

    private static List<String> excesses(String change) {
        ResourcesChange changed =
                ResourcesChange.parse(change.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "resources.json");
        return LimitExcesses.find(
                        resources(BUNDLE), resources(changed.appliedTo(BUNDLE).spec()))
                .stream()
                .map(Excess::toString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'memory': {'limit': 1000, 'reservation': 500, 'swap': 2000}}",
                "{'memory': {'limit': 999}, 'pids': {'limit': 9}}",
                "{'cpu': {'quota': 25000}}",
                "{'cpu': {'quota': 100000, 'period': 200000}}",
                "{'cpu': {'shares': 1024, 'mems': '0'}}",
                "{'blockIO': {'weight': 10, 'throttleWriteIOPSDevice': [{'major': 8, 'minor': 0, 'rate': 5}]}}",
                "{'hugepageLimits': [{'pageSize': '2MB', 'limit': 0}]}",
            })
    void lessIsNoExcess(String change) {
        assertThat(excesses(change)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'memory': {'limit': 1001}}            | more bytes of memory
                    {'memory': {'limit': -1}}              | more bytes of memory
                    {'memory': {'swappiness': 60}}         | other swappiness
                    {'memory': {'disableOOMKiller': true}} | other end for lack of memory
                    {'pids': {'limit': 11}}                | more tasks
                    {'pids': {'limit': -1}}                | more tasks
                    {'cpu': {'quota': 50001}}              | more time of processors
                    {'cpu': {'quota': -1}}                 | more time of processors
                    {'cpu': {'period': 50000}}             | more time of processors
                    {'cpu': {'shares': 1025}}              | more shares of processors
                    {'cpu': {'cpus': '0-3'}}               | other processors
                    {'cpu': {'realtimeRuntime': 5}}        | other real time
                    {'cpu': {'burst': 5}}                  | other burst
                    {'blockIO': {'weight': 501}}           | more weight at block devices
                    {'blockIO': {'throttleReadBpsDevice': [{'major': 8, 'minor': 0, 'rate': 0}]}} | other bytes that are read
                    {'network': {'classID': 7}}            | other marks of packets
                    {'unified': {'memory.high': 'max'}}    | other files of the cgroup
                    """)
    void moreIsNamed(String change, String what) {
        assertThat(excesses(change)).containsExactly("limits: its limits were changed to " + what);
    }

    @Test
    void allAreNamedAtOnce() {
        assertThat(excesses("{'memory': {'limit': -1}, 'pids': {'limit': 99}, 'cpu': {'quota': -1}}"))
                .hasSize(3);
    }
}
