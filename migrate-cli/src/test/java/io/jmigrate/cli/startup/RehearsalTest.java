package io.jmigrate.cli.startup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.migration.plan.LandingCheck;
import io.jmigrate.migration.plan.LandingPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The build goes on without a rehearsed migration, and all later ones are slower: so what it migrates has to be let in. */
class RehearsalTest {
    private static final Path CONFIG = Path.of("src/dist/rehearsal.json");

    /** As src/dist/train changes it: nodes take in no mounts of the host, and no devices. */
    private static ObjectNode staying() throws IOException {
        String lines = Files.readAllLines(CONFIG).stream()
                .filter(line -> !line.contains("\"/bound\"") && !line.contains("\"devices\""))
                .collect(Collectors.joining("\n"));
        return (ObjectNode) new ObjectMapper().readTree(lines);
    }

    @Test
    void aNodeLetsInTheContainerThatTheBuildMigrates() throws IOException {
        assertThat(LandingCheck.of(staying(), LandingPolicy.at(Path.of("/arrived"))))
                .isEmpty();
    }
}
