package io.jmigrate.migration.state;

/** Where a migration is, seen from the node where the container arrives. */
public sealed interface DestinationState {
    /** The first state: the container may land here. */
    static Accepted accepted() {
        return new Accepted();
    }

    /** Whether the container may be, or have been, running here. */
    boolean mayRun();

    /** Whether nothing is left to be decided or done here. */
    default boolean ended() {
        return false;
    }

    /** Where the container is, in a sentence without its name: "it …". */
    default String whereabouts() {
        return mayRun() ? "it runs at the destination" : "it is at the source";
    }

    /** Nothing of the container runs here, and giving up is safe: the source has it. */
    sealed interface NotYet extends DestinationState permits Accepted, Receiving, Restoring, Held {
        /** Written down before anything else is done about it: from then on a commit comes too late. */
        default NeverRan neverRan() {
            return new NeverRan();
        }

        @Override
        default boolean mayRun() {
            return false;
        }
    }

    /** The destination has the container, or had it: what the source needs to see before it kills its copy. */
    sealed interface Ran extends DestinationState permits Running, Completed, Lost {
        @Override
        default boolean mayRun() {
            return true;
        }
    }

    /** A place was reserved. */
    record Accepted() implements NotYet {
        public Receiving receiving() {
            return new Receiving();
        }
    }

    /** Files and memory arrive. */
    record Receiving() implements NotYet {
        public Restoring restoring() {
            return new Restoring();
        }
    }

    /** CRIU builds the tree. */
    record Restoring() implements NotYet {
        public Held held() {
            return new Held();
        }
    }

    /** The tree is complete and has not run an instruction; its network is locked. */
    record Held() implements NotYet {
        /** The source has committed: from here on the tree is let go, unless it dies before its first instruction. */
        public Going committed() {
            return new Going();
        }

        /** The same of one that begins anew: from here on its program may have run. */
        public Starting starting() {
            return new Starting();
        }
    }

    /** The commit has arrived and is on disk; the tree is being let go. */
    record Going() implements DestinationState {
        public Running running() {
            return new Running();
        }

        /** It runs, and memory of it is still at the source. */
        public Lacking lacking() {
            return new Lacking();
        }

        /** It ran, lacked memory, and is gone. */
        public Lost lost() {
            return new Lost();
        }

        /** Its host was started anew, and nobody knows whether it had run. */
        public MayHaveRun gone() {
            return new MayHaveRun();
        }

        /** CRIU did not resume the tree, and it is gone. */
        public NeverRan diedBeforeItRan() {
            return new NeverRan();
        }

        @Override
        public boolean mayRun() {
            return true;
        }

        @Override
        public String whereabouts() {
            return "it is being resumed at the destination";
        }
    }

    /** The commit has arrived and is on disk; its program is being started, and may have been. */
    record Starting() implements DestinationState {
        public Running running() {
            return new Running();
        }

        /** Whoever was to start it says that its program was not executed, and that it is gone. */
        public NeverRan diedBeforeItRan() {
            return new NeverRan();
        }

        /** It is gone, and nobody is there who knows whether its program was executed. */
        public MayHaveRun gone() {
            return new MayHaveRun();
        }

        @Override
        public boolean mayRun() {
            return true;
        }

        @Override
        public String whereabouts() {
            return "it is being started at the destination";
        }
    }

    /** It runs, and its network is open; memory of it is still at the source, whose copy must not die. */
    record Lacking() implements DestinationState {
        /** All memory is here, or somebody has seen the container end by itself, so that it needs none. */
        public Running complete() {
            return new Running();
        }

        /** Who brought its memory was killed, or it has ended and nobody has seen why. */
        public Lost lost() {
            return new Lost();
        }

        @Override
        public boolean mayRun() {
            return true;
        }

        @Override
        public String whereabouts() {
            return "it runs at the destination, and memory of it is still at the source";
        }
    }

    /** It runs, and its network is open. */
    record Running() implements Ran {
        /** The source has let go of its copy. */
        public Completed sourceIsGone() {
            return new Completed();
        }

        /** Who brought its memory was killed. */
        public Lost lost() {
            return new Lost();
        }

        /** The source may never say that it is gone. */
        @Override
        public boolean ended() {
            return true;
        }
    }

    /**
     * It ran, and was killed before it could read memory that did not come any more, or ended while it lacked some and nobody has seen why. No copy
     * is left if the source had let go of its own; otherwise that stays frozen.
     */
    record Lost() implements Ran {
        @Override
        public boolean ended() {
            return true;
        }

        @Override
        public String whereabouts() {
            return "it is lost: it ran at the destination, and ended there before the rest of its memory had come";
        }
    }

    /** It runs here and nothing of it is left at the source. */
    record Completed() implements Ran {
        @Override
        public boolean ended() {
            return true;
        }
    }

    /** It was to run here, and is gone; whether it ran nobody has seen. The source's copy stays stopped. */
    record MayHaveRun() implements DestinationState {
        @Override
        public boolean mayRun() {
            return true;
        }

        @Override
        public boolean ended() {
            return true;
        }

        @Override
        public String whereabouts() {
            return "it was to run at the destination, has ended or was deleted there, and nobody has seen whether it ran";
        }
    }

    /** It has not run here and never will. */
    record NeverRan() implements DestinationState {
        @Override
        public boolean mayRun() {
            return false;
        }

        @Override
        public boolean ended() {
            return true;
        }
    }
}
