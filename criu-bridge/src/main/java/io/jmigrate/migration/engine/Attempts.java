package io.jmigrate.migration.engine;

import io.jmigrate.runtime.failure.MachineErrors;
import java.lang.System.Logger.Level;

/** Steps of an arrival after which the next one is taken in any case. */
record Attempts(DestinationCourse course) {
    /** @param what it does, for the log @return whether it succeeded */
    boolean run(String what, Runnable step) {
        try {
            MachineErrors.run(step);
            return true;
        } catch (RuntimeException e) {
            log(Level.WARNING, what + " failed", e);
            return false;
        }
    }

    void log(Level level, String what, RuntimeException e) {
        System.getLogger(Attempts.class.getName()).log(level, course.entry().container() + ": " + what, e);
    }
}
