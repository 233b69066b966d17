package io.jmigrate.criu.inspect;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CoreEntry;
import io.jmigrate.criu.image.entry.PstreeEntry;
import io.jmigrate.criu.image.entry.TaskCore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** pstree.img and each process's core-PID.img. */
final class ProcessImages {
    private static final String TREE = "pstree.img";
    private static final int DEAD = 2;
    private static final int ZOMBIE = 6;

    private final Images images;
    private final Budget budget;

    ProcessImages(Images images, Budget budget) {
        this.images = images;
        this.budget = budget;
    }

    /** In the order of the image: parents come before their children. */
    List<ImagedProcess> read() {
        List<ImagedProcess> processes = new ArrayList<>();
        Set<Integer> pids = new HashSet<>();
        images.each(TREE, ImageKind.PSTREE, PstreeEntry.parser(), entry -> {
            if (entry.getPid() <= 0) {
                throw new ImageException(TREE + " names an impossible process");
            }
            if (!pids.add(entry.getPid())) {
                throw new ImageException(TREE + " names process " + entry.getPid() + " twice");
            }
            processes.add(process(entry));
        });
        return processes;
    }

    private ImagedProcess process(PstreeEntry entry) throws ImageException {
        String core = "core-" + entry.getPid() + ".img";
        Optional<TaskCore> task = images.only(core, ImageKind.CORE, CoreEntry.parser())
                .filter(CoreEntry::hasTc)
                .map(CoreEntry::getTc);
        String command = Names.checked(core, task.map(TaskCore::getComm).orElse(""));
        budget.line(core, command);
        return new ImagedProcess(
                entry.getPid(),
                entry.getPpid(),
                entry.getPgid(),
                entry.getSid(),
                entry.getThreadsCount(),
                task.map(TaskCore::getTaskState).map(ProcessImages::state).orElse("unknown"),
                command);
    }

    /** Whether a process of that state has ended, and is waited for by its parent alone. */
    static boolean isDead(int state) {
        return state == DEAD || state == ZOMBIE;
    }

    /** The word for a state of compel/include/uapi/task-state.h. */
    private static String state(int number) {
        return switch (number) {
            case 1 -> "alive";
            case DEAD -> "dead";
            case 3 -> "stopped";
            case ZOMBIE -> "zombie";
            default -> "unknown";
        };
    }
}
