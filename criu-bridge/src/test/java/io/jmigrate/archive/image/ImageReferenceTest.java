package io.jmigrate.archive.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String DIGEST = "sha256:" + "0a".repeat(32);

    @Test
    void namesAnImageInADirectory() {
        assertThat(ImageReference.of("oci:/srv/x:v1")).isEqualTo(new LayoutReference(Path.of("/srv/x"), "v1"));
        assertThat(ImageReference.of("oci:x")).isEqualTo(new LayoutReference(Path.of("x"), "latest"));
        assertThatThrownBy(() -> ImageReference.of("oci:x:a b")).hasMessage("\"a b\" can't be a tag");
    }

    @Test
    void namesAnImageInARegistry() {
        assertThat(ImageReference.of("docker://h.example/x"))
                .isEqualTo(new RegistryReference("h.example", "x", "latest"));
        assertThat(ImageReference.of("docker://localhost/a/b-c:v1"))
                .isEqualTo(new RegistryReference("localhost", "a/b-c", "v1"));
        assertThat(ImageReference.of("docker://[::1]:5000/a:v1"))
                .isEqualTo(new RegistryReference("[::1]:5000", "a", "v1"));
        assertThat(ImageReference.of("docker://h:5000/x:v1@" + DIGEST))
                .isEqualTo(new RegistryReference("h:5000", "x", DIGEST))
                .hasToString("docker://h:5000/x@" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web",
                "docker:h.example/x",
                "docker://h.example",
                "docker://h.example/",
                "docker://nodots/x",
                "docker://user@h.example/x",
                "docker://h.example:port/x",
                "docker://h.example/X",
                "docker://h.example/a//b",
                "docker://h.example/../b",
                "docker://h.example/a?b",
                "docker://h.example/a%2fb",
                "docker://h.example/a:",
                "docker://h.example/a:b/c",
                "docker://h.example/a@sha256:12",
                "docker://h.example/a@md5:0123"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> ImageReference.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
