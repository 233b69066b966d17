package io.jmigrate.pages.later;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.later.LaterFiles.Placed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What belongs where in the file of pages, as a file: process, address, pages and offset of each run, 8 bytes each. */
final class AwaitedList {
    private static final int RUN_BYTES = 4 * Long.BYTES;

    private AwaitedList() {}

    static void write(Path file, List<Placed> places) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(Math.multiplyExact(places.size(), RUN_BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (Placed place : places) {
            content.putLong(place.run().target().id())
                    .putLong(place.run().address())
                    .putLong(place.run().pages())
                    .putLong(place.offset());
        }
        LaterFiles.write(file, content.flip());
    }

    static List<Placed> read(Path file) throws IOException {
        List<Placed> places = new ArrayList<>();
        ByteBuffer content;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
        while (content.remaining() >= RUN_BYTES) {
            ProcessMemory process = new ProcessMemory(content.getLong());
            PageRun run = new PageRun(process, content.getLong(), content.getLong(), PageContent.PRESENT_LAZY);
            places.add(new Placed(run, content.getLong()));
        }
        return places;
    }
}
