package io.jmigrate.migration.transfer;

import io.jmigrate.Patience;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.migration.wire.LocalChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;

/** A tree, and its copy at the other end of a connection. */
final class CopiedTree {
    final Path source;
    final Path target;
    final TreeSender sender;
    final TreeReceiver receiver;

    private final LocalChannel[] ends = LocalChannel.pair();
    private final Data receiving = ends[1].data();

    CopiedTree(Path directory) throws IOException {
        this(directory, (source, data) -> new TreeSender(source, data, _ -> {}));
    }

    CopiedTree(Path directory, BiFunction<Path, Data, TreeSender> sending) throws IOException {
        source = Files.createDirectory(directory.resolve("source"));
        target = Files.createDirectory(directory.resolve("target"));
        sender = sending.apply(source, ends[0].data());
        receiver = new TreeReceiver(target, new TreeRules(1_000_000, 1L << 34, true, true));
    }

    /** One pass. @return bytes of content that it sent */
    long pass() {
        long before = sender.moved().bytes();
        sender.sendChanges(sender.look());
        receive();
        return sender.moved().bytes() - before;
    }

    /** Takes what was sent. */
    void receive() {
        ends[0].data().send(new DataMessage.SectionEnd(Section.ROOTFS, 0));
        while (true) {
            switch (receiving.receive(Patience.LIMIT)) {
                case DataMessage.Entry m -> receiver.entry(m.entry());
                case DataMessage.EntryUpdate m -> receiver.update(m.entry());
                case DataMessage.EntryData m -> receiver.data(m.offset(), m.data());
                case DataMessage.EntryZeros m -> receiver.zeros(m.offset(), m.bytes());
                case DataMessage.EntryRemoved m -> receiver.removed(m.path());
                case DataMessage.SectionEnd _ -> {
                    receiver.finish();
                    return;
                }
                default -> throw new AssertionError("not of a tree");
            }
        }
    }
}
