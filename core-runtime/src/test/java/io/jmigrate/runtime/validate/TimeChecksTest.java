package io.jmigrate.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.TimeOffset;
import io.jmigrate.runtime.spec.Bundles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeChecksTest {
    @TempDir
    Path bundle;

    private static ObjectNode addNamespace(ObjectNode document) {
        return Bundles.object(document, "linux")
                .withArray("namespaces")
                .addObject()
                .put("type", "time");
    }

    private static ObjectNode offset(ObjectNode document, String clock) {
        return Bundles.object(document, "linux").withObject("timeOffsets").putObject(clock);
    }

    @Test
    void resolvesOffsets() {
        var config = Configs.load(Bundles.with(bundle, document -> {
            addNamespace(document);
            offset(document, "boottime").put("secs", -3).put("nanosecs", 4);
        }));

        assertThat(config.timeOffsets()).containsExactly(new TimeOffset(TimeOffset.Clock.BOOTTIME, -3, 4));
    }

    @Test
    void refusesOtherClocksAndNumbersThatAreNone() {
        assertThat(Refusals.of(bundle, document -> {
                    addNamespace(document);
                    offset(document, "realtime").put("secs", 1);
                    offset(document, "boottime").put("nanosecs", 1_000_000_000);
                }))
                .containsExactlyInAnyOrder(
                        "$.linux.timeOffsets.realtime: is not a clock that can have an offset",
                        "$.linux.timeOffsets.boottime.nanosecs: must be from 0 to 999999999, is 1000000000");
    }

    @Test
    void wantsANewNamespaceForOffsets() {
        assertThat(Refusals.of(bundle, document -> offset(document, "boottime").put("secs", 1)))
                .containsExactly("$.linux.timeOffsets: needs a time namespace in $.linux.namespaces");
        assertThat(Refusals.of(bundle, document -> {
                    addNamespace(document).put("path", "/proc/self/ns/time");
                    offset(document, "boottime").put("secs", 1);
                }))
                .containsExactly(
                        "$.linux.timeOffsets: needs a new time namespace: the offsets of one that is joined are fixed");
    }
}
