package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.log.CriuLog;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FullDisk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Turns CRIU's "no" into a failure that shows why. */
final class CriuFailures {
    private CriuFailures() {}

    /** @param fate of the container, as in {@code it runs on} */
    static Failure dump(String subject, String fate, ImageDirectory images) {
        if (isFull(images)) {
            return of(CriuCode.NO_SPACE, "cannot dump " + subject + ": no space left for the images; " + fate, images);
        }
        return known(CriuCode.DUMP_FAILED, "cannot dump " + subject, "; " + fate, images);
    }

    static Failure restore(String subject, ImageDirectory images) {
        return isFull(images)
                ? of(CriuCode.NO_SPACE, "cannot restore " + subject, images)
                : known(CriuCode.RESTORE_FAILED, "cannot restore " + subject, "", images);
    }

    /** Of a tree whose processes were about to run, or did already (criu/cr-restore.c, finalize_restore_detach: it kills all then). */
    static Failure letGo(String subject, ImageDirectory images) {
        return known(
                CriuCode.RESTORE_FAILED,
                "cannot let " + subject + " go on",
                "; CRIU has killed it, and it is stopped",
                images);
    }

    /** CRIU was ended as it showed no sign of life. @param what failed. @param fate of the tree */
    static Failure hung(String what, Duration silence, String fate, ImageDirectory images) {
        return of(
                CriuCode.CRIU_HUNG,
                what + ": CRIU showed no sign of life for " + silence.toSeconds() + " s and was ended; " + fate,
                images);
    }

    /** With what the log means and what to do about it, if that is known. */
    private static Failure known(CriuCode code, String what, String fate, ImageDirectory images) {
        return CriuLog.known(images.log())
                .map(cause ->
                        of(code, what + ": " + cause.sentence() + fate, images).withRemedy(cause.remedy()))
                .orElseGet(() -> of(code, what + fate, images));
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
