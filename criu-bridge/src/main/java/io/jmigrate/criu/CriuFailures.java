package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.log.CriuLog;
import io.jmigrate.criu.rpc.SwrkLostException;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FullDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns CRIU's "no" into a failure that shows why. */
final class CriuFailures {
    private static final String NOTHING_LEFT = "; nothing of it is left";

    private CriuFailures() {}

    /**
     * @param target what could not be dumped
     * @param lost why CRIU has given no answer, if it has given none
     */
    static Failure dump(DumpTarget target, Optional<SwrkLostException> lost, ImageDirectory images) {
        String what = "cannot dump " + target.inSentence();
        String fate = Survival.fate(target.root(), target.fate(), lost);
        if (isHung(lost)) {
            return of(CriuCode.CRIU_HUNG, what + why(lost) + "; " + fate, images);
        }
        if (isFull(images)) {
            return of(
                    CriuCode.NO_SPACE,
                    what + ": no space is left for the images in " + images.path() + "; " + fate,
                    images);
        }
        return known(CriuCode.DUMP_FAILED, what, why(lost), "; " + fate, images);
    }

    /** The same of a restore, of which nothing is left then. */
    static Failure restore(String subject, Optional<SwrkLostException> lost, ImageDirectory images) {
        String what = "cannot restore " + subject;
        if (isHung(lost)) {
            return of(CriuCode.CRIU_HUNG, what + why(lost) + NOTHING_LEFT, images);
        }
        return isFull(images)
                ? of(
                        CriuCode.NO_SPACE,
                        what + ": no space is left in " + images.log().getParent(),
                        images)
                : known(CriuCode.RESTORE_FAILED, what, why(lost), lost.isPresent() ? NOTHING_LEFT : "", images);
    }

    private static boolean isHung(Optional<SwrkLostException> lost) {
        return lost.flatMap(SwrkLostException::silence).isPresent();
    }

    private static String why(Optional<SwrkLostException> lost) {
        return lost.map(e -> ": " + e.getMessage()).orElse("");
    }

    /** Of a tree whose processes were about to run, or did already (criu/cr-restore.c, finalize_restore_detach: it kills all then). */
    static Failure letGo(String subject, ImageDirectory images) {
        return known(
                CriuCode.RESTORE_FAILED,
                "cannot let " + subject + " go on",
                "",
                "; CRIU has killed it, and it is stopped",
                images);
    }

    /** With what the log means and what to do about it, if that is known. @param otherwise why, if it isn't */
    private static Failure known(CriuCode code, String what, String otherwise, String fate, ImageDirectory images) {
        return CriuLog.known(images.log())
                .map(cause ->
                        of(code, what + ": " + cause.sentence() + fate, images).withRemedy(cause.remedy()))
                .orElseGet(() -> of(code, what + otherwise + fate, images));
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
