package io.jmigrate.criu.configfile;

import java.util.Objects;

/** Whether an option of a file is handed on to CRIU. */
public sealed interface OptionVerdict {
    /** It is, and says something that is not asked for otherwise. */
    record Added() implements OptionVerdict {}

    /** It is, in place of what is asked for otherwise. @param what that is */
    record Overrides(String what) implements OptionVerdict {
        public Overrides {
            Objects.requireNonNull(what);
        }
    }

    /** It isn't, as it changes nothing here. @param why */
    record Idle(String why) implements OptionVerdict {
        public Idle {
            Objects.requireNonNull(why);
        }
    }

    /** It isn't, and neither is anything done: the dump or restore would not be what it is to be. @param why */
    record Refused(String why) implements OptionVerdict {
        public Refused {
            Objects.requireNonNull(why);
        }
    }
}
