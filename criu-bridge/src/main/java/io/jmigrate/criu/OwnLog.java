package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.Optional;

/** A CRIU in another pid namespace than its client takes a name for the image directory, but none for that of the log. */
final class OwnLog {
    private OwnLog() {}

    /** @throws Failure FEATURE_MISSING if the log is to go somewhere else */
    static void refuse(Optional<Path> workDirectory) {
        if (workDirectory.isPresent()) {
            throw Failure.of(
                            CriuCode.FEATURE_MISSING,
                            "for a job in a pid namespace of its own CRIU's log can't go to " + workDirectory.get())
                    .withRemedy("leave --work-path out: the log is in the image directory then");
        }
    }
}
