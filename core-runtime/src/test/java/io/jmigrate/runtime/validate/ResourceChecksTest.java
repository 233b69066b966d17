package io.jmigrate.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.spec.Bundles;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceChecksTest {
    @TempDir
    private Path bundle;

    private List<String> refusals(Consumer<ObjectNode> change) {
        return Refusals.of(bundle, document -> change.accept(Bundles.object(document, "linux", "resources")));
    }

    @Test
    void refusesNumbersThatNoKernelTakes() {
        assertThat(refusals(resources -> {
                    resources.putObject("memory").put("swappiness", 101);
                    resources.putObject("cpu").put("idle", 2);
                    resources.putObject("blockIO").put("weight", 9).put("leafWeight", 1001);
                    resources.putObject("network").put("classID", -1);
                }))
                .containsExactlyInAnyOrder(
                        "$.linux.resources.memory.swappiness: must be from -1 to 100, is 101",
                        "$.linux.resources.cpu.idle: must be from 0 to 1, is 2",
                        "$.linux.resources.blockIO.weight: must be from 10 to 1000, is 9",
                        "$.linux.resources.blockIO.leafWeight: must be from 0 to 1000, is 1001",
                        "$.linux.resources.network.classID: must be from 0 to 4294967295, is -1");
    }

    @Test
    void refusesNamesThatWouldBecomeOtherFilesOrWords() {
        assertThat(refusals(resources -> {
                    resources
                            .putArray("hugepageLimits")
                            .addObject()
                            .put("pageSize", "../x")
                            .put("limit", 0);
                    resources.putObject("rdma").putObject("a b");
                    resources
                            .putObject("network")
                            .putArray("priorities")
                            .addObject()
                            .put("name", "lo 5\nlo");
                    resources.putObject("unified").put("../memory.max", "1").put("cgroup.procs", "1");
                }))
                .containsExactlyInAnyOrder(
                        "$.linux.resources.hugepageLimits[0].pageSize: must be a size such as 2MB, is \"../x\"",
                        "$.linux.resources.rdma[\"a b\"]: must be a name without blanks, is \"a b\"",
                        "$.linux.resources.network.priorities[0].name: must be a name without blanks, is \"lo 5\\u000alo\"",
                        "$.linux.resources.unified[\"../memory.max\"]: must be the name of a file of a cgroup, such as memory.high",
                        "$.linux.resources.unified[\"cgroup.procs\"]: is no limit: processes are the runtime's to move, freeze and kill");
    }
}
