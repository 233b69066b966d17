package io.jmigrate.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;

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
                    Bundles.object(document, "linux").putObject("intelRdt");
                }))
                .containsExactly("$.linux.intelRdt: is not supported");
    }
}
