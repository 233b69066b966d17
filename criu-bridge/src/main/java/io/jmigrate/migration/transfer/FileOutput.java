package io.jmigrate.migration.transfer;

import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends messages about a tree and counts them. */
final class FileOutput {
    private final Data data;
    private final Consumer<FilesMoved> progress;
    private FilesMoved moved = FilesMoved.NONE;
    private long messages;
    private Optional<DataMessage.EntryUpdate> pending = Optional.empty();

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
        pending = Optional.empty();
        data.send(message);
        messages++;
    }

    /** Of the file of which was spoken last. */
    private void sendOfFile(DataMessage message) {
        pending.ifPresent(this::send);
        send(message);
    }

    void entry(DataMessage.Entry message) {
        send(message);
    }

    /** @param onlyIfContentFollows otherwise the peer need not hear of it */
    void update(DataMessage.EntryUpdate message, boolean onlyIfContentFollows) {
        if (onlyIfContentFollows) {
            pending = Optional.of(message);
        } else {
            send(message);
        }
    }

    void removed(DataMessage.EntryRemoved message) {
        send(message);
        moved = moved.oneRemoved();
        progress.accept(moved);
    }

    void zeros(DataMessage.EntryZeros message) {
        sendOfFile(message);
    }

    /** @param block whether it is of a file that the peer had */
    void content(DataMessage.EntryData message, boolean block) {
        sendOfFile(message);
        int bytes = message.data().length;
        moved = block ? moved.block(bytes) : moved.whole(bytes);
        progress.accept(moved);
    }
}
