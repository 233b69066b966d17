package io.jmigrate.criu.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcStat;
import java.io.IOException;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class JobRulesTest {
    private static final int SELF = (int) ProcessHandle.current().pid();

    private Optional<String> container = Optional.empty();

    @Test
    void aProcessLikeMostIsAJobsFirst() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        try {
            Job job = rules().job((int) process.pid());

            assertThat(job.inSentence()).isEqualTo("job " + process.pid() + " (sleep)");
            assertThat(job.pids()).containsExactly((int) process.pid());

            container = Optional.of("web");
            assertRefused((int) process.pid()).hasMessageEndingWith("it is in container \"web\"");
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThatThrownBy(() -> rules().job((int) process.pid())).hasMessageStartingWith("there is no process ");
    }

    @Test
    void theFirstProcessIsNone() {
        assertRefused(1).hasMessageEndingWith("it is the first process of this host");
    }

    @Test
    void aThreadOfTheKernelIsNone() {
        ProcStat.ofAll().entrySet().stream()
                .filter(entry -> entry.getValue().kernelThread())
                .findFirst()
                .ifPresent(entry -> assertRefused(entry.getKey()).hasMessageEndingWith("it is a thread of the kernel"));
    }

    @Test
    void whoAsksAndWhoStartedItAreNone() throws IOException {
        String reason = "this jmigrate descends from it, and would have to freeze itself";
        assertRefused(SELF).hasMessageEndingWith(reason);
        ProcessHandle.current().parent().filter(parent -> parent.pid() > 1).ifPresent(parent -> assertRefused(
                        (int) parent.pid())
                .hasMessageEndingWith(reason));
    }

    private JobRules rules() {
        return new JobRules(SELF, _ -> container);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(int pid) {
        return assertThatThrownBy(() -> rules().job(pid))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.UNDUMPABLE))
                .hasMessageStartingWith("job " + pid + " (");
    }
}
