package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A config in which values are of another kind than they should be: a container is made whole, or not at all and for a reason. */
class DamagedConfigIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int TRIES = 12;

    /** Nothing that names a file of the host: what is made of these is tried for real. */
    private static final List<JsonNode> VALUES = List.of(
            NODES.nullNode(),
            NODES.booleanNode(true),
            NODES.numberNode(-1),
            NODES.numberNode(0),
            NODES.numberNode(Long.MAX_VALUE),
            NODES.textNode(""),
            NODES.textNode("x"),
            NODES.textNode("x".repeat(300)),
            NODES.arrayNode(),
            NODES.arrayNode().add(NODES.objectNode()),
            NODES.objectNode(),
            NODES.objectNode().put("x", 1));

    @TempDir
    private Path directory;

    private InstalledProgram program;

    @BeforeEach
    void open() {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served();
    }

    @AfterEach
    void close() {
        program.close();
    }

    @Test
    void makesAWholeContainerOrNone() throws IOException {
        Path bundle = Busybox.bundle(directory, "sleep", "300");
        Path file = bundle.resolve("config.json");
        JsonNode valid = JSON.readTree(Files.readAllBytes(file));
        int refusals = 0;
        Random random = new Random(11);
        for (int i = 0; i < TRIES; i++) {
            ObjectNode damaged = valid.deepCopy();
            if (i > 0) {
                damage(damaged, random);
            }
            Files.writeString(file, damaged.toString());
            refusals +=
                    judge(damaged.toString(), program.run("create", "--bundle", bundle.toString(), Busybox.newId()));
        }
        assertThat(refusals).as("the first config is whole").isBetween(1, TRIES - 1);
    }

    /** 1 if it was refused. */
    private int judge(String config, Called called) {
        String made = program.run("list", "--quiet").out().strip();
        if (called.status() == 0) {
            assertThat(program.run("state", made).out()).as(config).contains("\"status\": \"created\"");
            assertThat(program.run("delete", made).err()).as(config).isEmpty();
            return 0;
        }
        assertThat(called.err())
                .as(config)
                .startsWith("jmigrate: ")
                .doesNotContain("Exception")
                .doesNotContain("defect")
                .doesNotContain("\tat ");
        assertThat(made).as(config).isEmpty();
        return 1;
    }

    private static void damage(ObjectNode config, Random random) {
        List<JsonNode> places = new ArrayList<>();
        collect(config, places);
        JsonNode value = VALUES.get(random.nextInt(VALUES.size())).deepCopy();
        JsonNode place = places.get(random.nextInt(places.size()));
        if (place instanceof ArrayNode array) {
            array.set(random.nextInt(array.size()), value);
        } else if (place instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            object.set(names.get(random.nextInt(names.size())), value);
        }
    }

    /** All that holds something. */
    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode() && !node.isEmpty()) {
            places.add(node);
        }
        node.forEach(child -> collect(child, places));
    }
}
