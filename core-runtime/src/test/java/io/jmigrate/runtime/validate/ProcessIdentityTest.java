package io.jmigrate.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.spec.Bundles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a process may be and which capabilities it may have. */
class ProcessIdentityTest {
    private static final long MINUS_ONE = 0xffff_ffffL;

    @TempDir
    Path bundle;

    /** The kernel reads it as "leave the id as it is": the process would stay root. */
    @Test
    void refusesTheIdThatMeansNoChange() {
        List<String> lines = Refusals.of(bundle, document -> {
            ObjectNode user = Bundles.object(document, "process", "user");
            user.put("uid", MINUS_ONE)
                    .put("gid", MINUS_ONE)
                    .putArray("additionalGids")
                    .add(MINUS_ONE);
            Bundles.object(document, "linux")
                    .withArray("devices")
                    .addObject()
                    .put("path", "/dev/p")
                    .put("type", "p")
                    .put("uid", MINUS_ONE);
        });

        assertThat(lines)
                .containsExactly(
                        "$.process.user.uid: must be from 0 to 4294967294, is 4294967295",
                        "$.process.user.gid: must be from 0 to 4294967294, is 4294967295",
                        "$.process.user.additionalGids[0]: must be from 0 to 4294967294, is 4294967295",
                        "$.linux.devices[0].uid: must be from 0 to 4294967294, is 4294967295");
    }

    @Test
    void refusesCapabilitiesThatTheKernelWouldNotSetTogether() {
        List<String> lines = Refusals.of(bundle, document -> {
            ObjectNode sets = Bundles.object(document, "process").putObject("capabilities");
            sets.putArray("bounding").add("CAP_KILL").add("CAP_CHOWN");
            sets.putArray("permitted").add("CAP_KILL");
            sets.putArray("effective").add("CAP_KILL").add("CAP_CHOWN");
            sets.putArray("ambient").add("CAP_KILL");
        });

        assertThat(lines)
                .containsExactly(
                        "$.process.capabilities.effective[1]: CAP_CHOWN must be in $.process.capabilities.permitted too",
                        "$.process.capabilities.ambient[0]: CAP_KILL must be in $.process.capabilities.inheritable too");
    }

    @Test
    void refusesAFilesystemOwnedByAnIdThatIsNotMapped() {
        List<String> lines = Refusals.of(bundle, document -> {
            ObjectNode linux = Bundles.object(document, "linux");
            linux.withArray("namespaces").addObject().put("type", "user");
            for (String map : List.of("uidMappings", "gidMappings")) {
                linux.putArray(map)
                        .addObject()
                        .put("containerID", 0)
                        .put("hostID", 100_000)
                        .put("size", 5);
            }
        });

        assertThat(lines).containsExactly("$.mounts[2].options[5]: is not mapped in the user namespace: 5");
    }
}
