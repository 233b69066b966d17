package io.jmigrate.migration.engine;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.report.Place;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FailureCode;
import java.util.List;

/** What the source says of a migration that failed: where the container is, and of which kind the failure is by that. */
final class SourceFailure {
    private SourceFailure() {}

    /**
     * @param container its id
     * @param cause what went wrong
     * @param place where the container is now
     * @param begun whether anything had been done to the container or sent of it
     * @param stopped whether its processes were ended for the migration
     */
    static Failure of(String container, RuntimeException cause, Place place, boolean begun, boolean stopped) {
        String how = place == Place.DESTINATION || place == Place.DIVIDED ? "migrated, " : "did not migrate, ";
        String where = stopped ? afterStop(place) : whereabouts(place, begun);
        String message = "container \"" + container + "\" " + how + where + ": " + cause.getMessage();
        List<String> details = cause instanceof Failure failure ? failure.details() : List.of();
        return Failure.of(code(cause, place, begun), message)
                .withDetails(details)
                .withCause(cause);
    }

    private static FailureCode code(RuntimeException cause, Place place, boolean begun) {
        return switch (place) {
            case DESTINATION -> MigrationCode.LEFT_BEHIND;
            case IN_DOUBT -> MigrationCode.IN_DOUBT;
            case DIVIDED -> MigrationCode.MEMORY_BEHIND;
            case SOURCE_FROZEN -> MigrationCode.LEFT_FROZEN;
            case ENDED -> MigrationCode.CONTAINER_ENDED;
            case SOURCE -> cause instanceof Failure failure ? atSource(failure.code(), begun) : MigrationCode.ABORTED;
        };
    }

    /** Before anything was done the cause is all there is to know; afterwards it matters most that it was undone. */
    private static FailureCode atSource(FailureCode code, boolean begun) {
        if (!begun) {
            return code;
        }
        return switch (code) {
            case MigrationCode.PEER_UNREACHABLE -> MigrationCode.LINK_LOST;
            case CriuCode.UNDUMPABLE, CriuCode.DUMP_FAILED -> MigrationCode.NOT_DUMPED;
            case MigrationCode.PEER_PROTOCOL, MigrationCode.PEER_REFUSED -> MigrationCode.PEER_FAILED;
            case MigrationCode.PEER_FAILED,
                    MigrationCode.CANCELLED,
                    MigrationCode.STALLED,
                    MigrationCode.GROUP_BROKEN -> code;
            default -> MigrationCode.ABORTED;
        };
    }

    /** Whether it runs has not been looked at before anything is begun. */
    private static String whereabouts(Place place, boolean begun) {
        return switch (place) {
            case SOURCE -> begun ? "it runs at the source" : "it is at the source as before";
            case SOURCE_FROZEN -> "it is at the source and could not be set going again";
            case ENDED -> "it has ended at the source";
            case DESTINATION -> "it runs at the destination";
            case DIVIDED -> "it waits at the destination for memory that is still at the source";
            case IN_DOUBT -> "it is frozen at the source until the destination says whether it runs there";
        };
    }

    private static String afterStop(Place place) {
        return switch (place) {
            case SOURCE -> "it was started again at the source";
            case SOURCE_FROZEN -> "it was stopped at the source and could not be started there again";
            case ENDED, DESTINATION, DIVIDED -> whereabouts(place, true);
            case IN_DOUBT -> "it is stopped at the source until the destination says whether it runs there";
        };
    }
}
