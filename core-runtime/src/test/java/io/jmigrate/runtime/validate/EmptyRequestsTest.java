package io.jmigrate.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.spec.Bundles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields that ask for something even where nothing is in them. */
class EmptyRequestsTest {
    @TempDir
    Path bundle;

    @Test
    void areRefusedLikeFullOnes() {
        assertThat(Refusals.of(bundle, document -> {
                    ObjectNode linux = Bundles.object(document, "linux");
                    linux.putObject("netDevices").putObject("eth0");
                    linux.putObject("intelRdt");
                }))
                .containsExactlyInAnyOrder(
                        "$.linux.netDevices: is not supported", "$.linux.intelRdt: is not supported");
    }
}
