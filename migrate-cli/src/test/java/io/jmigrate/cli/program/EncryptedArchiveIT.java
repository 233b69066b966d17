package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are encrypted here and decrypted with age(1), and the other way round. */
@Timeout(240)
class EncryptedArchiveIT {
    private static final Path AGE = Path.of("/usr/bin/age");
    private static final String PASSPHRASE = "correct horse battery staple";

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private Path temporary;
    private String bundle;
    private Path phrase;
    private Path archive;
    private Path plain;
    private InstalledProgram program;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        assumeTrue(Files.isExecutable(AGE), "age is not installed");
        temporary = Files.createDirectory(directory.resolve("temporary"));
        archive = directory.resolve("web.tar.age");
        plain = directory.resolve("web.tar");
        phrase = Files.writeString(directory.resolve("phrase"), PASSPHRASE + "\n");
        Files.setPosixFilePermissions(phrase, PosixFilePermissions.fromString("rw-------"));
        program = InstalledProgram.in(directory).served().with("TMPDIR", temporary.toString());
        bundle = Busybox.bundle(directory, "sleep", "300").toString();
        assertSucceeds(program.run("run", "--detach", "--bundle", bundle, id));
    }

    @AfterEach
    void close() {
        if (program != null) {
            program.close();
        }
    }

    private static String call(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(InstalledProgram.status(process, command)).as(said).isZero();
        return said;
    }

    /** Makes an identity in a file and returns its recipient. */
    private String identity(String name) throws IOException {
        String said = call(List.of("age-keygen", "-o", file(name)));
        return said.strip().replaceFirst(".*(age1\\w+)$", "$1");
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private Called export(String... words) {
        List<String> all = new ArrayList<>(
                List.of("checkpoint", "--leave-running", "--compress", "none", "--export", archive.toString()));
        all.addAll(List.of(words));
        all.add(id);
        return program.run(all.toArray(String[]::new));
    }

    @Test
    void goesToAgeAndComesBack() throws IOException {
        String mine = identity("mine");
        String others = identity("others");
        identity("strangers");
        assertSucceeds(export("--encrypt", others, "--encrypt", mine));
        assertThat(temporary).isEmptyDirectory();
        call(List.of("age", "--decrypt", "-i", file("mine"), "-o", plain.toString(), archive.toString()));
        assertThat(call(List.of("tar", "-tf", plain.toString()))).contains("config.dump", "manifest.json");

        Files.delete(archive);
        call(List.of("age", "-r", others, "-r", mine, "-o", archive.toString(), plain.toString()));
        assertRefused("archive " + archive + " is encrypted", restore());
        assertRefused(
                "archive " + archive + " can't be decrypted with an identity in " + file("strangers"),
                restore("--identity", file("strangers")));
        assertRefused(
                "archive " + archive + " can't be decrypted with the passphrase in " + phrase,
                restore("--passphrase-file", phrase.toString()));
        assertThat(program.run("inspect", "--identity", file("others"), archive.toString())
                        .out())
                .contains("── container: " + id);

        assertSucceeds(program.run("delete", "--force", id));
        assertSucceeds(restore("--identity", file("mine")));
        String[] clone = {"clone", "--bundle", bundle, "--name-template", id + "-2", "--hostname", "second"};
        Called cloned =
                program.run(Stream.concat(Stream.of(clone), Stream.of("--identity", file("mine"), archive.toString()))
                        .toArray(String[]::new));
        assertThat(cloned.err()).isEmpty();
        assertThat(program.run("exec", id + "-2", "hostname").out()).isEqualTo("second\n");
        assertThat(program.run("exec", id, "cat", "/proc/1/comm").out()).isEqualTo("sleep\n");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aPassphraseOpensItHereAndThere() throws IOException {
        AtTerminal terminal = AtTerminal.in(directory);
        assertSucceeds(export("--passphrase-file", phrase.toString()));
        String typed = "type " + PASSPHRASE + "\\r";
        call(terminal.words(
                List.of("expect passphrase", typed),
                List.of("age", "--decrypt", "-o", plain.toString(), archive.toString())));
        Files.delete(archive);
        call(terminal.words(
                List.of("expect passphrase", typed, "expect onfirm", typed),
                List.of("age", "--passphrase", "-o", archive.toString(), plain.toString())));
        assertThat(program.run("inspect", "--passphrase-file", phrase.toString(), archive.toString()))
                .satisfies(called -> assertThat(called.err()).isEmpty())
                .satisfies(called -> assertThat(called.out()).contains("── container: " + id));
        assertThat(program.run(
                                "memory",
                                "search",
                                "--text",
                                "busybox",
                                "--passphrase-file",
                                phrase.toString(),
                                archive.toString())
                        .err())
                .isEmpty();

        Files.setPosixFilePermissions(phrase, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused(
                "passphrase file " + phrase + " is open to others: its permissions are rw-r--r--",
                export("--passphrase-file", phrase.toString()));
    }

    private Called restore(String... words) {
        List<String> all =
                new ArrayList<>(List.of("restore", "--detach", "--bundle", bundle, "--import", archive.toString()));
        all.addAll(List.of(words));
        all.add(id);
        return program.run(all.toArray(String[]::new));
    }

    private static void assertSucceeds(Called called) {
        assertThat(called.err()).isEmpty();
        assertThat(called.status()).isZero();
    }

    private void assertRefused(String sentence, Called called) {
        assertThat(called.err()).startsWith("jmigrate: " + sentence + "\n  to do: ");
        assertThat(called.out()).isEmpty();
        assertThat(called.status()).isEqualTo(ExitCode.REFUSED.status());
        assertThat(temporary).isEmptyDirectory();
        assertThat(program.run("list", "--quiet").out()).isEqualTo(id + "\n");
    }
}
