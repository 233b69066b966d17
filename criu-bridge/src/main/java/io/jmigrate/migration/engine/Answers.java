package io.jmigrate.migration.engine;

import io.jmigrate.migration.policy.DestinationAnswer;
import io.jmigrate.migration.wire.ControlMessage;

/** The words of {@link ControlMessage.Answer}. */
final class Answers {
    static final String RUNS = "runs";
    static final String LACKS = "lacks";
    static final String NEVER_RAN = "never-ran";
    static final String LOST = "lost";
    static final String MAY_HAVE_RUN = "may-have-run";
    static final String UNDECIDED = "undecided";
    /** A source that asks has committed, so there was a journal: it is lost, or this is not the node that it migrated to. */
    static final String UNKNOWN = "unknown";

    private Answers() {}

    static ControlMessage.Answer of(DestinationAnswer answer) {
        return new ControlMessage.Answer(
                switch (answer) {
                    case DestinationAnswer.Runs _ -> RUNS;
                    case DestinationAnswer.Lacks _ -> LACKS;
                    case DestinationAnswer.NeverRan _ -> NEVER_RAN;
                    case DestinationAnswer.Undecided _ -> UNDECIDED;
                    case DestinationAnswer.Lost _ -> LOST;
                    case DestinationAnswer.MayHaveRun _ -> MAY_HAVE_RUN;
                    case DestinationAnswer.Withheld _, DestinationAnswer.Unreachable _ -> UNKNOWN;
                });
    }
}
