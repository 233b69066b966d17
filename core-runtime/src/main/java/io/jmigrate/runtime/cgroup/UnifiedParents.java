package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Makes a v2 cgroup, and lets the directories above it pass on all controllers that they have (cgroup-v2.rst, "Enabling and
 * Disabling"). A controller that can't be passed on is missed only when a limit needs it.
 */
final class UnifiedParents {
    private static final String CONTROLLERS = "cgroup.controllers";
    private static final String PASSED_ON = "cgroup.subtree_control";

    private UnifiedParents() {}

    static void make(CgroupDirectory leaf) {
        leaf.make();
        Deque<CgroupDirectory> above = new ArrayDeque<>();
        for (Path path = leaf.path().getParent(); path != null; path = path.getParent()) {
            CgroupDirectory directory = new CgroupDirectory(path);
            if (!directory.has(CONTROLLERS)) {
                break;
            }
            above.addFirst(directory);
        }
        above.forEach(UnifiedParents::passOn);
    }

    private static void passOn(CgroupDirectory directory) {
        String passed = directory.read(PASSED_ON);
        Arrays.stream(directory.read(CONTROLLERS).split(" "))
                .filter(controller -> !controller.isEmpty())
                .filter(controller -> !Arrays.asList(passed.split(" ")).contains(controller))
                .forEach(controller -> tryPassOn(directory, controller));
    }

    /** Refused for a cgroup with processes of its own; then the limits of this controller are missing below it. */
    private static void tryPassOn(CgroupDirectory directory, String controller) {
        try {
            directory.write(PASSED_ON, "+" + controller);
        } catch (Failure e) {
            System.getLogger(UnifiedParents.class.getName())
                    .log(System.Logger.Level.DEBUG, "controller not passed on", e);
        }
    }
}
