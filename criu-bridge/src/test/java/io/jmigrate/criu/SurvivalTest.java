package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.rpc.SwrkLostException;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurvivalTest {
    private static final Optional<SwrkLostException> LOST = Optional.of(new SwrkLostException(Duration.ofSeconds(1)));

    @Test
    void aTreeThatDiesWithItsCriuIsNotSaidToRun() throws IOException {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessRef root = Processes.find((int) process.pid()).orElseThrow();

        assertThat(Survival.fate(root, "it runs on", LOST)).isEqualTo("it runs on");
        process.destroyForcibly();
        assertThat(Survival.fate(root, "it runs on", LOST))
                .isEqualTo("its first process has died with CRIU, which was executing in it");
        assertThat(Survival.fate(root, "it runs on", Optional.empty())).isEqualTo("it runs on");
    }
}
