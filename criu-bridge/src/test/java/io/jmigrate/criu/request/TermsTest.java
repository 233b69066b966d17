package io.jmigrate.criu.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jmigrate.runtime.linux.SecurityModule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermsTest {
    @ParameterizedTest
    @CsvSource({"127.0.0.1:27, 127.0.0.1, 27", "store.example:65535, store.example, 65535", "[::1]:80, ::1, 80"})
    void readsAnAddressAndWritesItAgain(String text, String host, int port) {
        PageServerAddress address = PageServerAddress.parse(text);

        assertThat(address).isEqualTo(new PageServerAddress(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", ":27", "::1:27", "host:0", "host:65536", "host:x", "a b:27"})
    void refusesWhatIsNoAddress(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PageServerAddress.parse(text))
                .withMessageContaining("\"" + text + "\"");
    }

    @Test
    void readsAProfileAsCriuWritesIt() {
        assertThat(LsmProfile.parse("selinux:system_u:system_r:container_t:s0"))
                .isEqualTo(new LsmProfile(SecurityModule.SELINUX, "system_u:system_r:container_t:s0"))
                .hasToString("selinux:system_u:system_r:container_t:s0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "web", "apparmor:", "smack:web", ":web"})
    void refusesAProfileOfNoKnownModule(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LsmProfile.parse(text));
    }

    @Test
    void tellsWhichModuleIsMissing() {
        RestoreTerms labelled = RestoreTerms.NONE.withLsmProfile(LsmProfile.parse("apparmor:web"));
        RestoreTerms mounts = labelled.withLsmMountContext("x");

        assertThat(RestoreTerms.NONE.missing(_ -> false)).isEmpty();
        assertThat(labelled.missing(_ -> true)).isEmpty();
        assertThat(labelled.missing(_ -> false)).contains(SecurityModule.APPARMOR);
        assertThat(mounts.missing(SecurityModule.APPARMOR::equals)).contains(SecurityModule.SELINUX);
    }

    @Test
    void aParentIsRelativeToTheImages() {
        assertThatIllegalArgumentException().isThrownBy(() -> DumpTerms.NONE.withParent(Path.of("/first")));
    }
}
