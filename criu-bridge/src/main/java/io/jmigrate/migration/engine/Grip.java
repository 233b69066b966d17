package io.jmigrate.migration.engine;

import java.util.ArrayList;
import java.util.List;

/** What the source does to its container that must be undone if the container stays. */
final class Grip {
    private final SourceNode node;
    private boolean linkIsDown;
    private boolean cgroupIsFrozen;

    Grip(SourceNode node) {
        this.node = node;
    }

    void takeLinkDown() {
        linkIsDown = true;
        node.linkDown();
    }

    void freeze() {
        cgroupIsFrozen = true;
        node.freeze();
    }

    /** Undoes all of it. @return what failed; the container may not run then, or not be heard */
    List<RuntimeException> loosen() {
        List<RuntimeException> troubles = new ArrayList<>();
        if (cgroupIsFrozen) {
            attempt(troubles, node::thaw);
        }
        if (linkIsDown) {
            attempt(troubles, node::linkUp);
        }
        return troubles;
    }

    private static void attempt(List<RuntimeException> troubles, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            troubles.add(e);
        }
    }
}
