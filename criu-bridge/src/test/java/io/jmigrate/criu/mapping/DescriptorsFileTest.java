package io.jmigrate.criu.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorsFileTest {
    @TempDir
    Path directory;

    @Test
    void streamsOfTheHostComeBackByNumberAndOthersDoNot() throws IOException {
        DescriptorsFile.write(directory, Set.of(1), Map.of(0, "/with \"quotes\"", 1, "pipe:[9]", 2, "pipe:[11]"));

        assertThat(DescriptorsFile.read(directory)).isEqualTo(Map.of(1, "pipe:[stdout]"));
        assertThat(directory.resolve(DescriptorsFile.NAME))
                .hasContent("[\"/with \\\"quotes\\\"\",\"pipe:[stdout]\",\"inner pipe [11]\"]");
    }

    @Test
    void ofImagesThatRuncMadePipesAreKnown() throws IOException {
        Files.writeString(directory.resolve(DescriptorsFile.NAME), "[\"/dev/null\",\"pipe:[1]\",\"pipe:[2]\"]");

        assertThat(DescriptorsFile.read(directory)).isEqualTo(Map.of(1, "pipe:[1]", 2, "pipe:[2]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"pipe:[1]\": 1}", "null", "[\"pipe:[1]\""})
    void anythingElseIsRefused(String content) throws IOException {
        Files.writeString(directory.resolve(DescriptorsFile.NAME), content);

        assertThatThrownBy(() -> DescriptorsFile.read(directory))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith(
                        "cannot read the list of standard streams " + directory.resolve(DescriptorsFile.NAME));
    }
}
