package io.jmigrate.migration.state;

import io.jmigrate.migration.report.Place;

/** Where a migration is, seen from the node that the container leaves. */
public sealed interface SourceState permits SourceOwns, DestinationOwns {
    /** The first state: nothing has been touched. */
    static Preflight preflight() {
        return new Preflight();
    }

    /** Where the container is. */
    Place place();

    /** Where the container is, in a sentence without its name: "it …". */
    String whereabouts();

    /** Whether nothing more will happen. */
    default boolean ended() {
        return false;
    }

    /** Both ends are being checked; the container runs. */
    record Preflight() implements SourceOwns {
        /** The peer lets the container land; the first pass begins. */
        public PreCopy accepted() {
            return new PreCopy(1);
        }

        @Override
        public Place place() {
            return Place.SOURCE;
        }
    }

    /**
     * Files, later memory too, are copied while the container runs.
     *
     * @param round counted from 1
     */
    record PreCopy(int round) implements SourceOwns {
        public PreCopy {
            if (round < 1) {
                throw new IllegalArgumentException("rounds are counted from 1: " + round);
            }
        }

        /** One more pass. */
        public PreCopy nextRound() {
            return new PreCopy(round + 1);
        }

        /** CRIU freezes the tree. */
        public Frozen frozen() {
            return new Frozen();
        }

        @Override
        public Place place() {
            return Place.SOURCE;
        }

        @Override
        public String whereabouts() {
            return "it runs at the source";
        }
    }

    /** The tree is frozen; what is left is being sent. */
    record Frozen() implements SourceOwns {
        /** Everything was sent: the destination restores. */
        public Restoring sent() {
            return new Restoring();
        }

        @Override
        public Place place() {
            return Place.SOURCE_FROZEN;
        }
    }

    /** The destination restores from what it has. */
    record Restoring() implements SourceOwns {
        /** The destination holds a complete tree that has not run an instruction. */
        public Held held() {
            return new Held();
        }

        @Override
        public Place place() {
            return Place.SOURCE_FROZEN;
        }
    }

    /** The destination holds the tree and waits for the word. The last state in which the source may still change its mind. */
    record Held() implements SourceOwns {
        /** The commit point: from here on only the destination can give the container back. */
        public Committed committed() {
            return new Committed();
        }

        @Override
        public Place place() {
            return Place.SOURCE_FROZEN;
        }
    }

    /** The source goes on as if nothing had happened. */
    record Aborted() implements SourceOwns {
        @Override
        public Place place() {
            return Place.SOURCE;
        }

        @Override
        public boolean ended() {
            return true;
        }

        @Override
        public Aborted aborted() {
            return this;
        }
    }

    /** The container is given away, and there is a frozen copy of it. */
    sealed interface Open extends DestinationOwns permits Committed, Divided {
        /** The destination runs it and needs nothing of it: the frozen copy may die. */
        default Completed running(DestinationState.Ran proof) {
            return new Completed();
        }

        /** The destination runs it, and lacks memory that only the frozen copy has. */
        default Divided lacking(DestinationState.Lacking proof) {
            return new Divided();
        }
    }

    /** The source has given the container away, and keeps its frozen copy until it knows what became of it. */
    record Committed() implements Open {
        /** The destination has written down that it never ran it and never will: the frozen copy is the container again. */
        public Aborted givenBack(DestinationState.NeverRan proof) {
            return new Aborted();
        }

        /** It has ended at the destination, unseen, and the copy here is gone, too. */
        public Completed lost() {
            return new Completed();
        }

        /** Somebody vouches for it that the destination is gone for good: the frozen copy is the container again. */
        public Aborted takenBack() {
            return new Aborted();
        }

        @Override
        public Place place() {
            return Place.IN_DOUBT;
        }

        @Override
        public String whereabouts() {
            return "it is frozen at the source until the destination says whether it runs there";
        }
    }

    /** It runs at the destination, and memory of it follows from the frozen copy. There is no way back to the source any more. */
    record Divided() implements Open {
        /** The destination has forgotten it, or the copy here is gone before all of its memory was there. */
        public Completed lost() {
            return new Completed();
        }

        @Override
        public Place place() {
            return Place.DIVIDED;
        }

        @Override
        public String whereabouts() {
            return "it runs at the destination, and memory of it is still at the source";
        }
    }

    /** It runs at the destination and nothing of it is left here. */
    record Completed() implements DestinationOwns {
        @Override
        public Place place() {
            return Place.DESTINATION;
        }

        @Override
        public String whereabouts() {
            return "it runs at the destination";
        }

        @Override
        public boolean ended() {
            return true;
        }
    }
}
