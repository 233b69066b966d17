package io.jmigrate.criu.job;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.PstreeEntry;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The numbers that a restored tree has to have: those of its processes and threads, its process groups and its sessions. Where the leader of a group
 * or session has ended before the dump, CRIU makes a process with its number for a moment (criu/pstree.c, prepare_pstree_ids).
 */
final class PidNumbers {
    private static final String TREE = "pstree.img";

    private PidNumbers() {}

    /** @throws Failure IMAGES_INVALID */
    static Set<Integer> of(Path imageDirectory) {
        try (ImageReader reader = ImageReader.open(imageDirectory.resolve(TREE), ImageKind.PSTREE)) {
            return of(reader.rest(PstreeEntry.parser()));
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot read the images: " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** @param tree as CRIU writes it, the root first */
    static Set<Integer> of(List<PstreeEntry> tree) {
        Set<Integer> numbers = new TreeSet<>();
        for (PstreeEntry process : tree) {
            numbers.add(process.getPgid());
            numbers.add(process.getSid());
        }
        if (!tree.isEmpty() && tree.getFirst().getSid() != tree.getFirst().getPid()) {
            // the job of a shell: it gets the session and the group of the CRIU that restores it
            numbers.remove(tree.getFirst().getSid());
            numbers.remove(tree.getFirst().getPgid());
        }
        Set<Integer> tasks = tree.stream()
                .flatMap(process -> process.getThreadsList().stream())
                .collect(Collectors.toSet());
        numbers.addAll(tasks);
        tree.forEach(process -> numbers.add(process.getPid()));
        numbers.remove(0); // a group or session from outside of the pid namespace
        return numbers;
    }
}
