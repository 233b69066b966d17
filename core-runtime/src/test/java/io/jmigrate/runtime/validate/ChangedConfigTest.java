package io.jmigrate.runtime.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.spec.Bundles;
import io.jmigrate.runtime.spec.SpecChanges;
import io.jmigrate.runtime.spec.Specs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A config.json that is right, and changes of it that are not. */
class ChangedConfigTest {
    @TempDir
    Path bundle;

    private Failure refused(SpecChanges changes) {
        Failure failure =
                catchThrowableOfType(Failure.class, () -> Configs.resolve(bundle, Specs.read(bundle, changes, "web")));
        assertThat(failure).as("a refusal").isNotNull();
        return failure;
    }

    private void mount(Path source) {
        Bundles.with(bundle, document -> {
            ObjectNode mount = document.withArray("mounts").addObject();
            mount.put("destination", "/data").put("type", "bind").put("source", source.toString());
            mount.withArray("options").add("rbind");
        });
    }

    @Test
    void whatIsWrongWithThemIsSaidOfThem() {
        mount(bundle);
        SpecChanges changes = SpecChanges.NONE
                .withMountSource(bundle, Path.of("/nowhere"))
                .withCgroupParent("/a/../b")
                .withHostname("x".repeat(65));

        Failure failure = refused(changes);

        assertThat(failure.code()).isEqualTo(RuntimeCode.INVALID_CHANGE);
        assertThat(failure)
                .hasMessage(
                        "what is to be other than in " + bundle.resolve("config.json") + " is not valid: 3 problems");
        assertThat(failure.details())
                .containsExactlyInAnyOrder(
                        "a mount's source: does not exist: /nowhere",
                        "the cgroup's parent: must not contain .., is \"/a/../b/web\"",
                        "the host name: is longer than 64 bytes");
    }

    @Test
    void whatTheyDoNotTouchIsConfigJsons() {
        mount(Path.of("/nowhere"));

        Failure failure = refused(SpecChanges.NONE.withCgroupParent("/a"));

        assertThat(failure.code()).isEqualTo(RuntimeCode.INVALID_CONFIG);
        assertThat(failure.details()).isEqualTo(List.of("$.mounts[7].source: does not exist: /nowhere"));
    }
}
