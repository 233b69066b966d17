package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A checkpoint goes to a registry, and a container comes out of it. */
@Timeout(180)
class RegistryIT extends InOneService {
    private static final String SCRIPT =
            "word=$(cat /proc/sys/kernel/random/uuid); while :; do echo $word > /tmp/word; sleep 0.1; done";

    private LocalRegistry registry;
    private Path bundle;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served();
        registry = LocalRegistry.in(directory);
        bundle = Busybox.bundle(directory, "sh", "-c", SCRIPT);
    }

    @AfterEach
    void endRegistry() {
        if (registry != null) {
            registry.close();
        }
    }

    private static String succeeds(Called called) {
        assertThat(called.err()).isEmpty();
        assertThat(called.status()).isZero();
        return called.out();
    }

    private static void refuses(Called called, String sentence) {
        assertThat(called.err()).contains(sentence);
        assertThat(called.status()).isEqualTo(ExitCode.REFUSED.status());
    }

    /** What the container's shell knows and nobody else. */
    private String word() {
        return program.run("exec", id, "cat", "/tmp/word").out();
    }

    private String awaitWord() {
        return await().until(this::word, word -> word.length() > 30);
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void goesThroughARegistry() throws IOException {
        succeeds(program.run("run", "--detach", "--bundle", bundle.toString(), id));
        String word = awaitWord();
        succeeds(program.run("checkpoint", "--export", file("a.tar.zst"), id));
        succeeds(program.run("delete", "--force", id));
        Files.delete(bundle.resolve("rootfs/tmp/word"));

        String image = "docker://" + registry.host() + "/checkpoints/web";
        String authorities = registry.authorities().toString();
        refuses(
                program.run("image", "push", file("a.tar.zst"), image + ":1"),
                "can't be trusted: nobody whom this host trusts vouches for its certificate");
        refuses(
                program.run("image", "push", "--ca-file", authorities, file("a.tar.zst"), image + ":1"),
                "refuses somebody without a login");
        program.with("REGISTRY_AUTH_FILE", registry.logins().toString());
        String digest = succeeds(
                        program.run("image", "push", "--ca-file", authorities, file("a.tar.zst"), image + ":1"))
                .strip();
        assertReadBySkopeo(image + ":1", digest);

        succeeds(program.run("image", "pull", "--ca-file", authorities, file("b.tar.zst"), image + "@" + digest));
        assertThat(directory.resolve("b.tar.zst")).hasSameBinaryContentAs(directory.resolve("a.tar.zst"));
        succeeds(program.run("restore", "--detach", "--bundle", bundle.toString(), "--import", file("b.tar.zst"), id));
        assertThat(awaitWord()).isEqualTo(word);

        Called inspected = program.run("inspect", "--ps-tree", "--ca-file", authorities, image + ":1");
        assertThat(succeeds(inspected)).contains(image + ":1\n", "[1] sh\n");
        Called missing = program.run("image", "pull", "--ca-file", authorities, file("c.tar.zst"), image + ":2");
        assertThat(missing.err()).startsWith("jmigrate: image " + image + ":2 or a part of it is not there\n");
        assertThat(directory.resolve("c.tar.zst")).doesNotExist();
    }

    private void assertReadBySkopeo(String image, String digest) throws IOException {
        if (!Files.isExecutable(Path.of("/usr/bin/skopeo"))) {
            return; // ./setup installs it; without it there is only less to compare
        }
        Path certificates = Files.createDirectory(directory.resolve("certificates"));
        Files.copy(registry.authorities(), certificates.resolve("ca.crt"));
        Process process = new ProcessBuilder(
                        "skopeo",
                        "inspect",
                        "--authfile",
                        registry.logins().toString(),
                        "--cert-dir",
                        certificates.toString(),
                        "--raw",
                        image)
                .redirectError(directory.resolve("skopeo.log").toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(InstalledProgram.status(process, "skopeo")).isZero();
        JsonNode manifest = new ObjectMapper().readTree(said);
        assertThat(manifest.path("annotations")
                        .path("org.criu.checkpoint.container.name")
                        .asText())
                .isEqualTo(id);
        assertThat(digest).startsWith("sha256:").hasSize(71);
    }
}
