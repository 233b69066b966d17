package io.jmigrate.migration.engine;

import io.jmigrate.migration.policy.DestinationAnswer;
import io.jmigrate.migration.wire.ControlMessage;

/** The words of {@link ControlMessage.Answer}. */
final class Answers {
    static final String RUNS = "runs";
    static final String NEVER_RAN = "never-ran";
    static final String UNDECIDED = "undecided";

    private Answers() {}

    static ControlMessage.Answer of(DestinationAnswer answer) {
        return new ControlMessage.Answer(
                switch (answer) {
                    case DestinationAnswer.Runs _ -> RUNS;
                    case DestinationAnswer.NeverRan _ -> NEVER_RAN;
                    case DestinationAnswer.Undecided _, DestinationAnswer.Unreachable _ -> UNDECIDED;
                });
    }
}
