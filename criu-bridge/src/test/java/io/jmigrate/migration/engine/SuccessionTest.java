package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.HeirCommand;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.launch.Launcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuccessionTest {
    /** After a failure a list of containers goes on with the next one, and after nothing else. */
    @Test
    void failsAsAMigrationDoesWhenThereCanBeNoHeir() {
        HeirCommand command = new HeirCommand(Path.of("/front"), List.of("recover"), List.of(), Optional.empty());
        Failure failure =
                catchThrowableOfType(Failure.class, () -> Succession.of(new LostLauncher(), Optional.of(command)));

        assertThat(failure.code()).isEqualTo(RuntimeCode.IO);
        assertThat(failure).hasMessageContaining("the front is gone");
    }

    private static final class LostLauncher implements Launcher {
        @Override
        public Child launch(Launch request) {
            throw LaunchException.lost("the front is gone", null);
        }

        @Override
        public Child adopt(int pid) {
            throw new AssertionError("nobody asks for this");
        }

        @Override
        public void leaveChildren() {}
    }
}
