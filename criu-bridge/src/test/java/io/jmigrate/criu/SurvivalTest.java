package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SurvivalTest {
    @Test
    void aTreeThatDiesWithItsCriuIsNotSaidToRun() throws IOException {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessRef root = Processes.find((int) process.pid()).orElseThrow();

        assertThat(Survival.fate(root, "it runs on", true)).isEqualTo("it runs on");
        process.destroyForcibly();
        assertThat(Survival.fate(root, "it runs on", true))
                .isEqualTo("its first process has died with CRIU, which was executing in it");
        assertThat(Survival.fate(root, "it runs on", false)).isEqualTo("it runs on");
    }
}
