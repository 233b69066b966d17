package io.jmigrate.criu.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CriuBinaryTest {
    @TempDir
    Path directory;

    @Test
    void theVariableComesFirst() throws IOException {
        Path named = program("mine");
        program("lib/criu/criu");

        assertThat(CriuBinary.find(List.of("JMIGRATE_CRIU=" + named), Optional.of(directory)))
                .isEqualTo(new CriuBinary(named));
    }

    @Test
    void theInstallationComesSecond() throws IOException {
        Path own = program("lib/criu/criu");

        assertThat(CriuBinary.find(List.of("JMIGRATE_CRIU=", "PATH=/nowhere"), Optional.of(directory)))
                .isEqualTo(new CriuBinary(own));
    }

    @Test
    void aNamedProgramThatIsMissingIsAnErrorNotAReasonToLookOn() throws IOException {
        program("lib/criu/criu");

        assertThatThrownBy(() ->
                        CriuBinary.find(List.of("JMIGRATE_CRIU=" + directory.resolve("gone")), Optional.of(directory)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.CRIU_MISSING));
    }

    private Path program(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
}
