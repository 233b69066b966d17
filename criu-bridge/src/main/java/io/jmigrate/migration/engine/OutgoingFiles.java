package io.jmigrate.migration.engine;

import io.jmigrate.criu.verify.OpenFiles;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.transfer.FileKey;
import io.jmigrate.migration.transfer.TreeScan;
import io.jmigrate.migration.transfer.TreeSender;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A tree of files on its way to the peer: all of it, then what has changed, at last what was changed when the tree stood still. */
final class OutgoingFiles {
    private final TreeSender tree;
    private final Supplier<Set<FileKey>> mapped;
    private final Data data;
    private final Control control;
    private final Duration patience;
    private Optional<Meanwhile<TreeScan>> last = Optional.empty();

    /** @param mapped files that are written without their times telling it, now */
    OutgoingFiles(TreeSender tree, Supplier<Set<FileKey>> mapped, Data data, Control control, Duration patience) {
        this.tree = tree;
        this.mapped = mapped;
        this.data = data;
        this.control = control;
        this.patience = patience;
    }

    /** Returns when the peer has kept everything. */
    void sendAll() {
        sendChanges();
        data.send(new DataMessage.SectionEnd(Section.ROOTFS, tree.messages()));
        ControlMessage.Received received = control.await(ControlMessage.Received.class, patience);
        if (received.section() != Section.ROOTFS) {
            throw Failure.of(MigrationCode.PEER_PROTOCOL, "the peer acknowledged the wrong part");
        }
    }

    /** A process that is about to end may write to what it has mapped, of which the file's times don't tell. */
    void lookForMappings() {
        tree.distrust(mapped.get());
    }

    /** While the tree runs: what can follow now need not follow later. */
    void sendChanges() {
        tree.sendChanges(lookAgain());
    }

    /**
     * Looks for mappings after the tree and before files are read: a mapping through which a file was written before the look, and is after
     * it was read, without a new time, exists in between.
     */
    private TreeScan lookAgain() {
        TreeScan seen = tree.look();
        tree.distrust(mapped.get());
        return seen;
    }

    /** No process changes a file from now on: looks for what has changed, beside everything else. */
    void look() {
        tree.standing();
        last = Optional.of(Meanwhile.start("rootfs", this::lookAgain));
    }

    /**
     * What was found by the look, and what the dump has added meanwhile.
     *
     * @param images the dump's, complete
     * @throws Failure TRANSFER if somebody else changes something all the same
     */
    void sendLast(Path images) {
        last.map(Meanwhile::get).ifPresent(tree::sendLast);
        if (OpenFiles.haveNewNames(images)) {
            tree.sendDifference(tree.look());
        }
    }
}
