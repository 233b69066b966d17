package io.jmigrate.archive.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.archive.image.RegistryReference;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialFilesTest {
    private static final RegistryReference IMAGE = new RegistryReference("h.example:5000", "team/web", "v1");

    @TempDir
    private Path directory;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static String auths(String key, String login) {
        String base64 = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return "{\"auths\":{\"" + key + "\":{\"auth\":\"" + base64 + "\"}}}";
    }

    private static Optional<Login> login(Path... files) {
        return CredentialFiles.login(List.of(files), IMAGE);
    }

    @Test
    void takesTheFirstFileThatHasOne() throws IOException {
        Path none = directory.resolve("none");
        Path other = file("other", auths("elsewhere", "x:y"));
        Path good = file("good", auths("h.example:5000", "me:a:b"));
        assertThat(login(none, other)).isEmpty();
        assertThat(login(none, other, good, file("later", auths("h.example:5000", "you:c"))))
                .contains(new Login("me", "a:b"));
    }

    @Test
    void takesTheNarrowestName() throws IOException {
        for (String key : List.of("h.example:5000/team/web", "h.example:5000/team", "https://h.example:5000")) {
            assertThat(login(file("f", auths(key, "me:pw")))).contains(new Login("me", "pw"));
        }
        assertThat(login(file("f", auths("h.example:5000/te", "me:pw")))).isEmpty();
        assertThat(CredentialFiles.login(
                        List.of(file("f", auths("https://index.docker.io/v1/", "me:pw"))),
                        new RegistryReference("docker.io", "me/web", "v1")))
                .isPresent();
    }

    @Test
    void tellsWhatItCanNotUse() throws IOException {
        assertRefused("{", "is no JSON");
        assertRefused("{\"auths\":{\"h.example:5000\":{\"auth\":\"secret!\"}}}", "has no user and password in Base64");
        assertRefused(auths("h.example:5000", "nocolon"), "has no user and password in Base64 for h.example:5000");
        assertRefused("{\"auths\":{\"h.example:5000\":{\"identitytoken\":\"secret\"}}}", "has a token for");
        assertRefused("{\"credHelpers\":{\"h.example:5000\":\"pass\"}}", "to the program docker-credential-pass");
        assertRefused("{\"credsStore\":\"secretservice\"}", "to the program docker-credential-secretservice");
    }

    private void assertRefused(String content, String words) throws IOException {
        Path file = file("bad", content);
        assertThatThrownBy(() -> login(file))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("secret!");
    }
}
