package io.jmigrate.criu.configfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CriuConfigTest {
    @TempDir
    Path directory;

    @Test
    void readsOptionsWithAndWithoutValues() {
        assertThat(ConfigText.read("""
                # a comment
                  tcp-established

                ghost-limit 10M  # another
                lsm-profile "selinux:a b"
                cgroup-props "x: \\"y\\""
                timeout=5
                """))
                .containsExactly(
                        new ConfigOption("tcp-established", Optional.empty(), 2),
                        new ConfigOption("ghost-limit", Optional.of("10M"), 4),
                        new ConfigOption("lsm-profile", Optional.of("selinux:a b"), 5),
                        new ConfigOption("cgroup-props", Optional.of("x: \"y\""), 6),
                        new ConfigOption("timeout", Optional.of("5"), 7));
    }

    @Test
    void writesWhatItHasRead() {
        String text = "ghost-limit \"10M\"\ncgroup-props \"x: \\\"y\\\"\"\nshell-job\n";

        assertThat(ConfigText.write(ConfigText.read(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tcp-close", "a b c", "a \"b", "a \"b\" c", "-R", "a \"b\"c"})
    void refusesLinesThatAreNoOptions(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfigText.read("ok\n" + line))
                .withMessageStartingWith("line 2 ");
    }

    @Test
    void aFileThatIsNamedForOneActHasToBeThereAndTellsWhatItOverrides() throws IOException {
        Path file = write("timeout 5\nskip-in-flight\n");
        List<String> warnings = new ArrayList<>();

        CriuConfig config = new CriuConfigFile(Optional.of(file), warnings::add).read(false, TreeOptions.NONE);
        assertThat(config.value("timeout")).hasValue("5");
        assertThat(config.value("skip-in-flight")).hasValue("");
        assertThat(config.value("ghost-limit")).isEmpty();
        assertThat(warnings).isEqualTo(config.warnings()).hasSize(2);

        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> new CriuConfigFile(Optional.of(missing), warnings::add).read(true, TreeOptions.NONE))
                .hasMessage("cannot read CRIU's configuration file " + missing + ": no such file");
        assertThat(CriuConfigFile.NONE.read(true, TreeOptions.NONE)).isEqualTo(CriuConfig.NONE);
    }

    @Test
    void saysWhatOverridesTheCommandAndLeavesOutWhatChangesNothing() throws IOException {
        Path file = write("tcp-established\nghost-limit 10M\nenable-fs fuse\nskip-mnt /x\nverbosity 1\n");

        CriuConfig config = dump(file, TreeOptions.NONE);

        assertThat(config.options())
                .extracting(ConfigOption::name)
                .containsExactly("ghost-limit", "enable-fs", "skip-mnt");
        assertThat(config.warnings())
                .containsExactly(
                        file
                                + ", line 2: ghost-limit overrides the command: the limit of deleted files that are open is no"
                                + " longer 256 MiB",
                        file + ", line 4: skip-mnt overrides the command: mounts are left out");
        try (var fd = config.open().orElseThrow()) {
            assertThat(Path.of("/proc/self/fd/" + fd.number()))
                    .hasContent("ghost-limit \"10M\"\nenable-fs \"fuse\"\nskip-mnt \"/x\"\n");
        }
    }

    @Test
    void refusesAllAtOnceWhatWouldBreakADump() throws IOException {
        Path file = write("leave-running\ntcp-close\naction-script /x\nimages-dir /y\nleave-r\nfrobnicate\n");

        assertThatThrownBy(() -> dump(file, TreeOptions.NONE)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(CriuCode.CRIU_CONFIG);
            assertThat(failure.details()).hasSize(6).allMatch(line -> line.startsWith(file + ", line "));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "tcp-close, false, true",
        "tcp-close, true, false",
        "tcp-established, true, true",
        "tcp-established, false, false"
    })
    void refusesToContradictTheCommandAboutConnections(String option, boolean closing, boolean refused) {
        OptionVerdict verdict = OptionVerdicts.of(
                new ConfigOption(option, Optional.empty(), 1), false, TreeOptions.NONE.withTcpClose(closing));

        assertThat(verdict instanceof OptionVerdict.Refused).isEqualTo(refused);
    }

    @Test
    void keepsFromADumpWhatIsForRestores() {
        ConfigOption option = new ConfigOption("mntns-compat-mode", Optional.empty(), 1);

        assertThat(OptionVerdicts.of(option, false, TreeOptions.NONE)).isInstanceOf(OptionVerdict.Idle.class);
        assertThat(OptionVerdicts.of(option, true, TreeOptions.NONE)).isInstanceOf(OptionVerdict.Added.class);
    }

    @Test
    void takesTheFileOfTheAnnotationElseTheHosts() throws IOException {
        Path hosts = write("enable-fs fuse\n");

        assertThat(CriuConfig.of(Map.of(), hosts, false, TreeOptions.NONE).options())
                .hasSize(1);
        assertThat(CriuConfig.of(Map.of(CriuConfig.ANNOTATION, ""), hosts, false, TreeOptions.NONE)
                        .options())
                .isEmpty();
        assertThat(CriuConfig.of(Map.of(CriuConfig.ANNOTATION, "/gone"), hosts, false, TreeOptions.NONE)
                        .open())
                .isEmpty();
        assertThatThrownBy(() -> CriuConfig.of(Map.of(CriuConfig.ANNOTATION, "x"), hosts, false, TreeOptions.NONE))
                .hasMessageContaining("absolute");
    }

    private CriuConfig dump(Path file, TreeOptions request) {
        return CriuConfig.of(Map.of(CriuConfig.ANNOTATION, file.toString()), CriuConfig.DEFAULT, false, request);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("criu.conf"), text);
    }
}
