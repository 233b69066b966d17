package io.jmigrate.migration.engine;

import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.migration.transfer.TreeSender;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The trees of files that go to the peer, by where the container has them: its root filesystem at {@code ""}, and filesystems in memory. */
final class OutgoingTrees implements AutoCloseable {
    private static final String ROOT = "";

    private final Data data;
    private final LeavingMounts mounts;
    private final Map<String, OutgoingFiles> all = new LinkedHashMap<>();
    private final Map<String, FilesMoved> moved = new LinkedHashMap<>();
    private String current = ROOT;

    private OutgoingTrees(Data data, LeavingMounts mounts) {
        this.data = data;
        this.mounts = mounts;
    }

    /** Those that a migration sends. @param progress hears what of all of them has gone so far */
    static OutgoingTrees of(
            MigrateRequest request, SourceNode node, Data data, Control control, Consumer<FilesMoved> progress) {
        LeavingContainer leaving = node.container();
        OutgoingTrees trees = new OutgoingTrees(data, node.memoryMounts());
        if (request.rootfs() != RootfsMode.SHARED) {
            TreeSender tree = new TreeSender(
                    leaving.tree(request.rootfs()), leaving.rootfs(), data, trees.counting(ROOT, progress));
            trees.all.put(ROOT, new OutgoingFiles(tree, leaving::mappedFiles, data, control, request.patience()));
        }
        for (MemoryMount mount : trees.mounts.all()) {
            TreeSender tree = TreeSender.ofMemory(mount.path(), data, trees.counting(mount.mountPoint(), progress));
            trees.all.put(
                    mount.mountPoint(),
                    new OutgoingFiles(tree, leaving::mappedFiles, data, control, request.patience()));
        }
        return trees;
    }

    private Consumer<FilesMoved> counting(String place, Consumer<FilesMoved> progress) {
        return soFar -> {
            moved.put(place, soFar);
            progress.accept(moved.values().stream().reduce(FilesMoved.NONE, FilesMoved::plus));
        };
    }

    /** Returns when the peer has kept everything. */
    void sendAll() {
        each(OutgoingFiles::sendAll);
    }

    /** What of all has gone so far. */
    long sentBytes() {
        return moved.values().stream().mapToLong(FilesMoved::bytes).sum();
    }

    /** Processes that are about to end may write to what they have mapped, of which the files' times don't tell. */
    void lookForMappings() {
        all.values().forEach(OutgoingFiles::lookForMappings);
    }

    /** While the container runs. */
    void sendChanges() {
        each(OutgoingFiles::sendChanges);
    }

    /**
     * No process changes a file from now on: looks for what has changed, beside everything else.
     *
     * @throws io.jmigrate.runtime.failure.Failure TRANSFER if a filesystem in memory stands no more where it was
     */
    void look() {
        mounts.requireSame();
        all.values().forEach(OutgoingFiles::look);
    }

    /** What was found by the look, and what the dump has added meanwhile. @param images the dump's, complete */
    void sendLast(Path images) {
        each(files -> files.sendLast(images));
    }

    private void each(Consumer<OutgoingFiles> step) {
        all.forEach((place, files) -> {
            if (!place.equals(current)) {
                data.send(new DataMessage.Tree(place));
                current = place;
            }
            step.accept(files);
        });
    }

    @Override
    public void close() {
        mounts.close();
    }
}
