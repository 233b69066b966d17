package io.jmigrate.criu;

import io.jmigrate.criu.log.CriuLog;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Turns CRIU's "no" into a failure that shows why. */
final class CriuFailures {
    private CriuFailures() {}

    static Failure dump(String subject, Path log) {
        CriuCode code = CriuLog.tellsOfFullDisk(log) ? CriuCode.NO_SPACE : CriuCode.DUMP_FAILED;
        String why = code == CriuCode.NO_SPACE ? ": no space left for the images" : "";
        return of(code, "cannot dump " + subject + why + "; it runs on", log);
    }

    static Failure restore(String subject, Path log) {
        CriuCode code = CriuLog.tellsOfFullDisk(log) ? CriuCode.NO_SPACE : CriuCode.RESTORE_FAILED;
        return of(code, "cannot restore " + subject, log);
    }

    private static Failure of(CriuCode code, String message, Path log) {
        List<String> details = new ArrayList<>(List.of("CRIU's log is " + log));
        details.addAll(CriuLog.causes(log));
        return Failure.of(code, message).withDetails(details);
    }
}
