package io.jmigrate.criu.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.criu.TestCriu;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Launchers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwrkTest {
    private static final Path FRONT =
            Path.of(System.getProperty("jmigrate.native.dir", "../native/target"), "jmigrate");

    @TempDir
    Path directory;

    private FrontConnection launcher;

    @BeforeEach
    void open() {
        assumeTrue(Files.isExecutable(FRONT), "the native programs are not built");
        launcher = Launchers.open(FRONT);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @Test
    void knowsTheVersionOfTheCriuThatItStarted() throws IOException {
        try (Swrk swrk = start(TestCriu.ofVersion(directory, 4, 10))) {
            assertThat(swrk.version()).hasToString("4.10");
        }
    }

    @Test
    void doesWithoutTheFeaturesOfOneThatDoesNotTellThem() throws IOException {
        try (Swrk swrk = start(TestCriu.ofVersion(directory, 4, 2))) {
            assertThat(swrk.features()).isEmpty();
        }
    }

    @Test
    void refusesOneThatIsTooOld() throws IOException {
        CriuBinary old = TestCriu.ofVersion(directory, 3, 17);

        assertThatThrownBy(() -> start(old))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.CRIU_TOO_OLD))
                .hasMessage("CRIU 3.17 at " + old.path() + " is too old: 4.2 or newer is needed");
    }

    @Test
    void refusesAnotherProgram() {
        assertMissing(new CriuBinary(Path.of("/bin/true")), "/bin/true does not answer as CRIU does");
    }

    @Test
    void saysThatThereIsNone() {
        assertMissing(
                new CriuBinary(directory.resolve("gone")),
                "cannot execute CRIU: cannot execute " + directory.resolve("gone") + ": no such file or directory");
    }

    private void assertMissing(CriuBinary criu, String message) {
        assertThatThrownBy(() -> start(criu))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.CRIU_MISSING))
                .hasMessage(message);
    }

    private Swrk start(CriuBinary criu) {
        return Swrk.start(launcher, criu, Optional.empty(), Map.of());
    }
}
