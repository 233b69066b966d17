package io.jmigrate.criu;

import io.jmigrate.criu.directory.ImageDirectory;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.log.CriuLog;
import io.jmigrate.criu.log.LogLine;
import io.jmigrate.criu.rpc.SwrkLostException;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FullDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns CRIU's "no" into a failure that shows why. */
final class CriuFailures {
    private static final String NOTHING_LEFT = "; nothing of it is left";

    private final Path path;
    private final CriuLog log;

    private CriuFailures(ImageDirectory images) {
        this.path = images.log();
        this.log = CriuLog.read(path);
    }

    /**
     * @param target what could not be dumped
     * @param lost why CRIU has given no answer, if it has given none
     */
    static Failure dump(DumpTarget target, Optional<SwrkLostException> lost, ImageDirectory images) {
        CriuFailures failures = new CriuFailures(images);
        String what = "cannot dump " + target.inSentence();
        String fate = Survival.fate(target.root(), target.fate(), lost.isPresent());
        if (isHung(lost)) {
            return failures.of(CriuCode.CRIU_HUNG, what + why(lost) + "; " + fate);
        }
        if (failures.isFull()) {
            return failures.of(
                    CriuCode.NO_SPACE, what + ": no space is left for the images in " + images.path() + "; " + fate);
        }
        return failures.known(CriuCode.DUMP_FAILED, what, why(lost), "; " + fate);
    }

    /** The same of a restore, of which nothing is left then. */
    static Failure restore(String subject, Optional<SwrkLostException> lost, ImageDirectory images) {
        CriuFailures failures = new CriuFailures(images);
        String what = "cannot restore " + subject;
        if (isHung(lost)) {
            return failures.of(CriuCode.CRIU_HUNG, what + why(lost) + NOTHING_LEFT);
        }
        return failures.isFull()
                ? failures.of(CriuCode.NO_SPACE, what + ": no space is left in " + failures.path.getParent())
                : failures.known(CriuCode.RESTORE_FAILED, what, why(lost), lost.isPresent() ? NOTHING_LEFT : "");
    }

    private static boolean isHung(Optional<SwrkLostException> lost) {
        return lost.flatMap(SwrkLostException::silence).isPresent();
    }

    private static String why(Optional<SwrkLostException> lost) {
        return lost.map(e -> ": " + e.getMessage()).orElse("");
    }

    /** Of a tree whose processes were about to run, or did already (criu/cr-restore.c, finalize_restore_detach: it kills all then). */
    static Failure letGo(String subject, ImageDirectory images) {
        return new CriuFailures(images)
                .known(
                        CriuCode.RESTORE_FAILED,
                        "cannot let " + subject + " go on",
                        "",
                        "; CRIU has killed it, and it is stopped");
    }

    /** With what the log means and what to do about it, if that is known. @param otherwise why, if it isn't */
    private Failure known(CriuCode code, String what, String otherwise, String fate) {
        return log.known()
                .map(cause -> of(code, what + ": " + cause.sentence() + fate).withRemedy(cause.remedy()))
                .orElseGet(() -> of(code, what + otherwise + fate));
    }

    /** There may have been no room for the lines of the log that say so. */
    private boolean isFull() {
        return log.tellsOfFullDisk() || log.isCutOff() && FullDisk.at(path.getParent());
    }

    private Failure of(CriuCode code, String message) {
        List<String> details = new ArrayList<>(List.of(LogLine.of(path)));
        details.addAll(log.causes());
        return Failure.of(code, message).withDetails(details);
    }
}
