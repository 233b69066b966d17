package io.jmigrate.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.json.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecsTest {
    @TempDir
    Path bundle;

    @Test
    void keepsUnknownFieldsWhenASpecIsWrittenBack() {
        String json = """
                {"ociVersion":"1.2.0","com.example":{"deep":[1,2.50,true,null,18446744073709551615]},
                 "process":{"args":["a"],"cwd":"/","user":{"uid":1,"gid":2,"color":"blue"},"mood":"good"},
                 "linux":{"seccomp":{"defaultAction":"SCMP_ACT_ALLOW"},"future":{"x":"y"}}}
                """;

        Spec first = parse(json).spec();
        Spec second = Specs.parse(Specs.write(first), "again").spec();

        assertThat(second).isEqualTo(first);
        assertThat(new String(Specs.write(second), StandardCharsets.UTF_8))
                .contains("2.50", "18446744073709551615", "mood", "future", "com.example", "blue");
    }

    @Test
    void readsTheDefaultSpecWithoutProblems() {
        Spec spec = DefaultSpec.rootful();

        assertThat(Specs.parse(Specs.write(spec), "default").problems()).isEmpty();
        assertThat(spec.ociVersion()).isEqualTo(Specs.OCI_VERSION);
        assertThat(spec.process().orElseThrow().args()).containsExactly("sh");
        assertThat(spec.linux().namespaces()).hasSize(5);
        assertThat(spec.mounts()).hasSize(7);
    }

    @Test
    void readsNullAsAbsent() {
        SpecReading reading =
                parse("{\"process\":null,\"mounts\":null,\"linux\":{\"resources\":null},\"hostname\":null}");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.spec().process()).isEmpty();
        assertThat(reading.spec().mounts()).isEmpty();
    }

    @Test
    void notesAllWrongTypesTogetherWithTheirPaths() {
        SpecReading reading = parse("""
                {"ociVersion":1,"hostname":["x"],"root":"rootfs","mounts":{},"annotations":{"a.b/c":5},
                 "process":{"args":"sh","env":[1],"terminal":"no","user":{"uid":-1,"gid":4294967296,"additionalGids":[1,-2]},
                            "oomScoreAdj":1.5,"rlimits":[{"type":"RLIMIT_NOFILE","soft":-1,"hard":"big"},{}]},
                 "linux":{"namespaces":["pid"],"devices":[{"major":true}]}}
                """);

        assertThat(reading.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "$.ociVersion: must be a string, is 1",
                        "$.process.terminal: must be true or false, is the string \"no\"",
                        "$.process.user.uid: must be from 0 to 4294967294, is -1",
                        "$.process.user.gid: must be from 0 to 4294967294, is 4294967296",
                        "$.process.user.additionalGids[1]: must be from 0 to 4294967294, is -2",
                        "$.process.args: must be an array, is the string \"sh\"",
                        "$.process.env[0]: must be a string, is 1",
                        "$.process.rlimits[0].soft: must be from 0 to 2^64-1, is -1",
                        "$.process.rlimits[0].hard: must be an integer, is the string \"big\"",
                        "$.process.rlimits[1].type: is required",
                        "$.process.rlimits[1].soft: is required",
                        "$.process.rlimits[1].hard: is required",
                        "$.process.oomScoreAdj: must be an integer, is 1.5",
                        "$.root: must be an object, is the string \"rootfs\"",
                        "$.hostname: must be a string, is an array",
                        "$.mounts: must be an array, is an object",
                        "$.annotations[\"a.b/c\"]: must be a string, is 5",
                        "$.linux.namespaces[0]: must be an object, is the string \"pid\"",
                        "$.linux.namespaces[0].type: is required",
                        "$.linux.devices[0].major: must be an integer, is true");
    }

    @Test
    void notesANameThatIsGivenTwice() {
        SpecReading reading = parse("{\"root\":{\"path\":\"a\",\"path\":\"b\"},\"root\":{}}");

        assertThat(reading.problems())
                .extracting(Problem::toString)
                .containsExactly("$.root.path: given twice", "$.root: given twice");
        assertThat(reading.spec().root()).contains(new RootSpec("a", false));
    }

    @Test
    void refusesTextThatNoSystemCallCanTake() {
        SpecReading reading = parse("{\"hostname\":\"a\\u0000b\",\"domainname\":\"\\ud800\"}");

        assertThat(reading.problems()).extracting(Problem::path).containsExactly("$.hostname", "$.domainname");
    }

    @Test
    void saysWhereTheJsonIsMalformed() {
        assertInvalid("{\n  \"ociVersion\": \"1.2.0\",\n  \"root\": oops\n}", "line 3, column");
        assertInvalid("{\"a\":1", "is not JSON");
        assertInvalid("", "nothing but white space");
        assertInvalid("{} {}", "something follows the JSON value");
        assertInvalid("{'a':1}", "line 1, column 2");
        assertInvalid("\u0000", "is not JSON");
    }

    @Test
    void refusesDocumentsThatNestTooDeeply() {
        int depth = JsonText.DEPTH_MAX + 1;
        assertInvalid("{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}", "nesting depth");
        assertInvalid("{\"a\":".repeat(100_000), "nesting depth");
    }

    @Test
    void refusesADocumentThatIsNoObject() {
        assertThat(parse("[]").problems()).extracting(Problem::toString).contains("$: must be an object, is an array");
    }

    @Test
    void refusesAFileThatIsTooLarge() throws Exception {
        Files.write(bundle.resolve("config.json"), new byte[Specs.BYTES_MAX + 1]);

        assertThatThrownBy(() -> Specs.read(bundle)).hasMessageContaining("is larger than");
    }

    @Test
    void refusesAMissingFileAndADirectory() throws Exception {
        assertThatThrownBy(() -> Specs.read(bundle))
                .hasMessage(bundle.resolve("config.json") + " does not exist")
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(RuntimeCode.INVALID_CONFIG));

        Files.createDirectory(bundle.resolve("config.json"));
        assertThatThrownBy(() -> Specs.read(bundle)).hasMessageContaining("is not a regular file");
    }

    @Test
    void readsAProcessFromAFileOfItsOwn() throws Exception {
        Path file = bundle.resolve("process.json");
        Files.writeString(file, "{\"args\":[\"ps\"],\"cwd\":\"/tmp\",\"user\":{\"uid\":7,\"gid\":8,\"umask\":63}}");

        ProcessSpec process = Specs.readProcess(file).process();

        assertThat(process.args()).containsExactly("ps");
        assertThat(process.user().umask()).contains(63L);
        assertThat(List.of(process.user().uid(), process.user().gid())).containsExactly(7L, 8L);
    }

    private static SpecReading parse(String json) {
        return Specs.parse(json.getBytes(StandardCharsets.UTF_8), "config.json");
    }

    private static void assertInvalid(String json, String part) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(RuntimeCode.INVALID_CONFIG))
                .hasMessageStartingWith("config.json ")
                .hasMessageContaining(part);
    }
}
