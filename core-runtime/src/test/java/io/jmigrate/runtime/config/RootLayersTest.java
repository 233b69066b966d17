package io.jmigrate.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.json.Problems;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootLayersTest {
    @Test
    void readsWhatItWrites() {
        RootLayers layers = new RootLayers(List.of("/top", "/bottom"), "upper", "/elsewhere/work");
        assertThat(RootLayers.parse(layers.annotation(), "$", new Problems())).contains(layers);
        assertThat(layers.options(Path.of("/bundle")))
                .startsWith("lowerdir=/top:/bottom,upperdir=/bundle/upper,workdir=/elsewhere/work,");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"lower":[],"upper":"u","work":"w"}             | must name at least one directory
                    {"lower":["relative"],"upper":"u","work":"w"}   | by absolute paths
                    {"lower":["/a:/b"],"upper":"u","work":"w"}      | one of the characters
                    {"lower":["/a"],"upper":"u,x","work":"w"}       | one of the characters
                    {"lower":["/a"],"work":"w"}                     | upper
                    {"lower":["/a"],"upper":"u","work":"w","x":1}   | x
                    {"lower"                                        | is not JSON
                    """)
    void refusesWhatNoMountCanBe(String json, String problem) {
        Problems problems = new Problems();
        assertThat(RootLayers.parse(json, "$", problems)).isEmpty();
        assertThat(problems.list().toString()).contains(problem);
    }

    @Test
    void refusesMoreLayersThanOneMountTakes() {
        RootLayers layers = new RootLayers(Collections.nCopies(400, "/some/layer"), "upper", "work");
        Problems problems = new Problems();
        assertThat(RootLayers.parse(layers.annotation(), "$", problems)).isEmpty();
        assertThat(problems.list().toString()).contains("more layers than one mount can have");
    }
}
