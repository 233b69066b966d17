package io.jmigrate.criu;

import io.jmigrate.criu.obstacle.Belongings;
import io.jmigrate.criu.obstacle.Obstacle;
import java.util.List;
import java.util.Objects;

/** What a dump of a container would meet. */
public sealed interface Outlook {
    /** The container's state, as users see it. */
    String state();

    /** There can be no dump in this state. */
    record OutOfState(String state) implements Outlook {
        public OutOfState {
            Objects.requireNonNull(state);
        }
    }

    /**
     * It was looked at.
     *
     * @param state running or paused
     * @param processes how many it has
     * @param obstacles what is in it that can't be dumped
     * @param overrides what of CRIU's configuration file counts in place of what a command says, a sentence each
     * @param belongings what would be kept with special care
     * @param shellJob whether its first process leads no session, as a job of a shell
     */
    record Examined(
            String state,
            int processes,
            List<Obstacle> obstacles,
            List<String> overrides,
            Belongings belongings,
            boolean shellJob)
            implements Outlook {
        public Examined {
            Objects.requireNonNull(state);
            Objects.requireNonNull(belongings);
            obstacles = List.copyOf(obstacles);
            overrides = List.copyOf(overrides);
        }
    }
}
