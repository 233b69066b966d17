package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorTest {
    @Test
    void knowsWhoRemovesAContainerAtItsEnd() {
        assertThat(Monitor.waits("conmon", List.of("/usr/bin/conmon", "-c", "web")))
                .isTrue();
        assertThat(Monitor.waits("conmonrs", List.of("conmonrs"))).isTrue();
        assertThat(Monitor.waits("containerd-shim", List.of("containerd-shim-runc-v2")))
                .isTrue();
        assertThat(Monitor.waits("jmigrate", List.of("jmigrate", "--root", "/r", "run", "web")))
                .isTrue();
        assertThat(Monitor.waits("jmigrate", List.of("jmigrate", "restore", "web")))
                .isTrue();
    }

    @Test
    void looksAtTheCommandAloneWhateverOtherWordsAre() {
        for (String[] words : new String[][] {
            {"jmigrate", "run", "service"},
            {"jmigrate", "--root", "service", "run", "web"},
            {"jmigrate", "--log-format=json", "--debug", "run", "--bundle", "service", "web"},
            {"jmigrate", "restore", "service"}
        }) {
            assertThat(Monitor.waits("jmigrate", List.of(words)))
                    .as("%s", List.of(words))
                    .isTrue();
        }
        for (String[] words : new String[][] {
            {"jmigrate", "service", "run"},
            {"jmigrate", "--root", "run", "service", "run"},
            {"jmigrate", "node", "serve", "--storage", "run"},
            {"jmigrate", "--version"},
            {"jmigrate"},
        }) {
            assertThat(Monitor.waits("jmigrate", List.of(words)))
                    .as("%s", List.of(words))
                    .isFalse();
        }
    }

    @Test
    void takesNobodyElseForOne() {
        assertThat(Monitor.waits("systemd", List.of("/sbin/init"))).isFalse();
        assertThat(Monitor.waits("jmigrate", List.of("jmigrate", "node", "serve")))
                .isFalse();
        assertThat(Monitor.waits("jmigrate", List.of("jmigrate", "service", "run")))
                .isFalse();
        assertThat(Monitor.waits("bash", List.of("bash", "run"))).isFalse();
    }
}
