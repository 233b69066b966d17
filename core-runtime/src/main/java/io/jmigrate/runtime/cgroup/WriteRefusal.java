package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.cgroup.limit.CgroupSetting;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FailureCode;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** Why the kernel did not take a value. */
record WriteRefusal(Path file, String value, IOException cause) {
    /** For a value that this program chose. */
    Failure asFailure() {
        return failure(isDenied() ? RuntimeCode.PERMISSION : RuntimeCode.IO, "");
    }

    /** For a limit that a config asks for. */
    Failure asFailure(CgroupSetting setting) {
        return failure(isDenied() ? RuntimeCode.PERMISSION : RuntimeCode.LIMIT_REFUSED, " for " + setting.cause());
    }

    private boolean isDenied() {
        return cause instanceof AccessDeniedException;
    }

    private Failure failure(FailureCode code, String purpose) {
        return Failure.of(code, "cannot write \"" + value + "\" to " + file + purpose + ": " + IoReason.of(cause))
                .withCause(cause);
    }
}
