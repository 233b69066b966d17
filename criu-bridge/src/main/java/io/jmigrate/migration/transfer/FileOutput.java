package io.jmigrate.migration.transfer;

import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import java.util.function.Consumer;

/** Sends messages about a tree and counts them. */
final class FileOutput {
    private final Data data;
    private final Consumer<FilesMoved> progress;
    private FilesMoved moved = FilesMoved.NONE;
    private long messages;

    FileOutput(Data data, Consumer<FilesMoved> progress) {
        this.data = data;
        this.progress = progress;
    }

    FilesMoved moved() {
        return moved;
    }

    long messages() {
        return messages;
    }

    private void send(DataMessage message) {
        data.send(message);
        messages++;
    }

    void entry(DataMessage.Entry message) {
        send(message);
    }

    void update(DataMessage.EntryUpdate message) {
        send(message);
    }

    void removed(DataMessage.EntryRemoved message) {
        send(message);
        moved = moved.oneRemoved();
        progress.accept(moved);
    }

    void zeros(DataMessage.EntryZeros message) {
        send(message);
    }

    /** @param block whether it is of a file that the peer had */
    void content(DataMessage.EntryData message, boolean block) {
        send(message);
        int bytes = message.data().length;
        moved = block ? moved.block(bytes) : moved.whole(bytes);
        progress.accept(moved);
    }
}
