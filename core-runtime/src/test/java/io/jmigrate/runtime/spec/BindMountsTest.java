package io.jmigrate.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BindMountsTest {
    private static final Path BUNDLE = Path.of("/bundles/web");
    private static final Spec SPEC =
            Specs.parse("""
                    {"ociVersion": "1.0.2", "mounts": [
                      {"destination": "/a", "type": "bind", "source": "/srv/hidden", "options": ["ro"]},
                      {"destination": "/a/", "source": "data", "options": ["rbind", "rw"]},
                      {"destination": "b", "type": "bind", "source": "/srv/b", "options": ["nosuid", "ro"]},
                      {"destination": "/c", "type": "bind", "source": "/srv/c", "options": ["rro"]},
                      {"destination": "/d", "type": "tmpfs", "source": "tmpfs"}]}
                    """.getBytes(StandardCharsets.UTF_8), "config.json").spec();

    private static boolean isReadOnly(String destination) {
        return BindMounts.isReadOnly(SPEC, Path.of(destination));
    }

    @Test
    void theLastAtAPlaceIsSeen() {
        assertThat(BindMounts.source(SPEC, BUNDLE, Path.of("/a"))).contains(BUNDLE.resolve("data"));
        assertThat(BindMounts.source(SPEC, BUNDLE, Path.of("/b"))).contains(Path.of("/srv/b"));
        assertThat(BindMounts.source(SPEC, BUNDLE, Path.of("/d"))).isEmpty();
        assertThat(BindMounts.source(SPEC, BUNDLE, Path.of("/e"))).isEmpty();
    }

    @Test
    void someCannotBeWrittenTo() {
        assertThat(isReadOnly("/b")).isTrue();
        assertThat(isReadOnly("/c")).isTrue();
        assertThat(isReadOnly("/a")).isFalse();
        assertThat(isReadOnly("/d")).isFalse();
        assertThat(isReadOnly("/e")).isFalse();
    }
}
