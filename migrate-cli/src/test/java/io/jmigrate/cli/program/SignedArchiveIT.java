package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.node.fixture.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are signed with keys of openssl's, and what becomes of others where a signature is required. */
@Timeout(180)
class SignedArchiveIT {
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private Path temporary;
    private String bundle;
    private Path secret;
    private Path open;
    private Path archive;
    private InstalledProgram program;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        assumeTrue(Files.isExecutable(OPENSSL), "openssl is not installed");
        temporary = Files.createDirectory(directory.resolve("temporary"));
        archive = directory.resolve("web.tar");
        secret = directory.resolve("secret.pem");
        open = directory.resolve("public.pem");
        makeKeys(secret, open);
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

    /** As docs/archives.md says. */
    static void makeKeys(Path secret, Path open) {
        Programs.run("openssl", "genpkey", "-algorithm", "ed25519", "-out", secret.toString());
        Programs.run("openssl", "pkey", "-in", secret.toString(), "-pubout", "-out", open.toString());
    }

    @Test
    void goesOnWhereItsMakerIsTrusted() throws IOException {
        assertSucceeds(program.run(
                "checkpoint", "--compress", "none", "--export", archive.toString(), "--sign", secret.toString(), id));
        assertThatOpensslAndTarAgree();

        assertSucceeds(restore("--trust", open.toString()));
        assertThat(program.run("exec", id, "cat", "/proc/1/comm").out()).isEqualTo("sleep\n");
        assertThat(temporary).isEmptyDirectory();
    }

    /** Whoever has no jmigrate can look at the same signature and the same digests. */
    private void assertThatOpensslAndTarAgree() throws IOException {
        Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
        Programs.run("tar", "-xf", archive.toString(), "-C", unpacked.toString());
        String said = Programs.run(
                "openssl",
                "pkeyutl",
                "-verify",
                "-pubin",
                "-inkey",
                open.toString(),
                "-rawin",
                "-in",
                unpacked.resolve("manifest.json").toString(),
                "-sigfile",
                unpacked.resolve("manifest.sig").toString());
        assertThat(said).contains("Signature Verified Successfully");
        String digest = Programs.run(
                        "sha256sum",
                        unpacked.resolve("checkpoint/inventory.img").toString())
                .substring(0, 64);
        assertThat(unpacked.resolve("manifest.json")).content().contains("checkpoint/inventory.img", digest);
    }

    @Test
    void isRefusedBeforeAnythingHappens() throws IOException {
        export("--sign", secret.toString());
        makeKeys(directory.resolve("others.secret.pem"), directory.resolve("others.pem"));
        assertRefused(
                "archive " + archive + " is not signed by key " + directory.resolve("others.pem")
                        + ", or was changed afterwards",
                restore("--trust", directory.resolve("others.pem").toString()));

        changeSpec();
        String altered = "archive " + archive + ": member \"spec.dump\" has other content than its manifest says";
        assertRefused(altered, restore("--trust", open.toString()));
        assertRefused(altered, restore());

        Files.delete(archive);
        export();
        assertRefused("archive " + archive + " is not signed", restore("--trust", open.toString()));
    }

    @Test
    void aKeyThatOthersKnowSignsNothing() throws IOException {
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused(
                "private key " + secret + " is open to others: its permissions are rw-r--r--",
                program.run("checkpoint", "--export", archive.toString(), "--sign", secret.toString(), id));
        assertThat(archive).doesNotExist();
        assertThat(program.run("exec", id, "true").status()).isZero();
    }

    private void export(String... words) {
        assertSucceeds(call(
                List.of("checkpoint", "--leave-running", "--compress", "none", "--export", archive.toString()),
                words,
                id));
    }

    private Called restore(String... words) {
        return call(List.of("restore", "--detach", "--bundle", bundle, "--import", archive.toString()), words, id);
    }

    private Called call(List<String> first, String[] words, String last) {
        List<String> all = new java.util.ArrayList<>(first);
        all.addAll(List.of(words));
        all.add(last);
        return program.run(all.toArray(String[]::new));
    }

    /** One letter of a key, so that it would still be read. */
    private void changeSpec() throws IOException {
        byte[] bytes = Files.readAllBytes(archive);
        int place = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"ociVersion\"");
        assertThat(place).isPositive();
        bytes[place + 1] ^= 1;
        Files.write(archive, bytes);
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
