package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.log.CriuLog;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FullDisk;
import java.util.ArrayList;
import java.util.List;

/** Turns CRIU's "no" into a failure that shows why. */
final class CriuFailures {
    private CriuFailures() {}

    /** @param fate of the container, as in {@code it runs on} */
    static Failure dump(String subject, String fate, ImageDirectory images) {
        boolean full = isFull(images);
        String why = full ? ": no space left for the images" : "";
        return of(
                full ? CriuCode.NO_SPACE : CriuCode.DUMP_FAILED, "cannot dump " + subject + why + "; " + fate, images);
    }

    static Failure restore(String subject, ImageDirectory images) {
        return of(isFull(images) ? CriuCode.NO_SPACE : CriuCode.RESTORE_FAILED, "cannot restore " + subject, images);
    }

    /** There may have been no room for the lines of the log that say so. */
    private static boolean isFull(ImageDirectory images) {
        return CriuLog.tellsOfFullDisk(images.log())
                || CriuLog.isCutOff(images.log()) && FullDisk.at(images.log().getParent());
    }

    private static Failure of(CriuCode code, String message, ImageDirectory images) {
        List<String> details = new ArrayList<>(List.of("CRIU's log is " + images.log()));
        details.addAll(CriuLog.causes(images.log()));
        return Failure.of(code, message).withDetails(details);
    }
}
