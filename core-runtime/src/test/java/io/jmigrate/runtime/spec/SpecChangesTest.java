package io.jmigrate.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecChangesTest {
    private static final Path BUNDLE = Path.of("/bundles/web");

    @Test
    void replacesTheSourcesOfBindMountsAlone() throws JsonProcessingException {
        ObjectNode document = document("""
                {"mounts": [
                  {"destination": "/a", "type": "bind", "source": "/srv/data/a"},
                  {"destination": "/b", "source": "data", "options": ["rbind"]},
                  {"destination": "/c", "type": "tmpfs", "source": "/srv/data"},
                  {"destination": "/d", "type": "bind", "source": "/srv/database"}]}
                """);

        ObjectNode changed = SpecChanges.NONE
                .withMountSource(Path.of("/srv/data"), Path.of("/new"))
                .withMountSource(Path.of("/bundles/web/data"), Path.of("/local"))
                .applyTo(document, BUNDLE, "web");

        assertThat(changed.path("mounts").findValuesAsText("source"))
                .containsExactly("/new/a", "/local", "/srv/data", "/srv/database");
        assertThat(document.path("mounts").get(0).path("source").asText()).isEqualTo("/srv/data/a");
    }

    @Test
    void refusesASourceThatNoMountHas() throws JsonProcessingException {
        ObjectNode document = document("{}");
        SpecChanges changes = SpecChanges.NONE.withMountSource(Path.of("/x"), Path.of("/y"));

        assertThatThrownBy(() -> changes.applyTo(document, BUNDLE, "web"))
                .hasMessage("no bind mount of the container comes from /x");
    }

    @ParameterizedTest
    @CsvSource({
        "'', /jobs, /jobs/web",
        "/old/one, /jobs, /jobs/one",
        "one, jobs/a, jobs/a/one",
        "system.slice:jm:one, jobs.slice, jobs.slice:jm:one",
        "'', jobs.slice, jobs.slice:jmigrate:web"
    })
    void putsTheCgroupBelowAnotherParent(String path, String parent, String expected) throws JsonProcessingException {
        ObjectNode document = document(path.isEmpty() ? "{}" : "{\"linux\": {\"cgroupsPath\": \"" + path + "\"}}");

        ObjectNode changed =
                SpecChanges.NONE.withCgroupParent(parent).withHostname("other").applyTo(document, BUNDLE, "web");

        assertThat(changed.path("linux").path("cgroupsPath").asText()).isEqualTo(expected);
        assertThat(changed.path("hostname").asText()).isEqualTo("other");
    }

    private static ObjectNode document(String json) throws JsonProcessingException {
        return (ObjectNode) new ObjectMapper().readTree(json);
    }
}
