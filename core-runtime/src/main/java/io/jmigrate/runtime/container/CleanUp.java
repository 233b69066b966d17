package io.jmigrate.runtime.container;

/** Runs clean-up actions, each whether or not those before it have failed. */
final class CleanUp {
    private RuntimeException first;

    void attempt(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            if (first == null) {
                first = e;
            } else {
                first.addSuppressed(e);
            }
        }
    }

    /** Throws the first failure, with the others suppressed in it, if there was one. */
    void throwFirst() {
        if (first != null) {
            throw first;
        }
    }
}
