package io.jmigrate.archive.seekable;

import io.jmigrate.runtime.linux.PageBuffer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the frames that were read last, for any number of threads. Each place is used by one frame at a time and may be taken for
 * another only while nobody reads from it; who finds none free waits.
 */
final class FrameCache implements AutoCloseable {
    private static final int PLACES_MAX = 32;
    private static final int PLACES_MIN = 4;
    private static final int BYTES_MAX = 32 << 20;

    private final FileChannel file;
    private final SeekTable table;
    private final int contentBytesMax;
    private final Optional<FrameChecksums> signed;
    private final int placesMax;
    private final List<Place> places = new ArrayList<>();
    private long clock;

    /** @param signed digests to compare every frame with that is read */
    FrameCache(FileChannel file, SeekTable table, Optional<FrameChecksums> signed) {
        this.file = file;
        this.table = table;
        this.signed = signed;
        contentBytesMax = Math.max(table.largest(false), 1);
        placesMax = Math.clamp(BYTES_MAX / contentBytesMax, PLACES_MIN, PLACES_MAX);
    }

    /** Room for a frame, and the frame in it, -1 if there is none. */
    private final class Place {
        private final Arena memory = Arena.ofShared();
        private final ByteBuffer content = PageBuffer.allocate(memory, contentBytesMax);
        private final FrameReader reader = new FrameReader(file, table, signed);
        private int wanted = -1;
        private int loaded = -1;
        private int readers;
        private long lastUse;

        /** Only one thread decompresses; the others wait for it. */
        private synchronized void load() throws IOException {
            if (loaded != wanted) {
                loaded = -1;
                reader.content(wanted, content);
                loaded = wanted;
            }
        }

        private void close() {
            reader.close();
            memory.close();
        }
    }

    /**
     * Copies from a frame as much as it has and the buffer takes.
     *
     * @param offset in the content of the file, within the frame
     * @return how many bytes
     */
    int read(int frame, long offset, ByteBuffer into) throws IOException {
        Place place = take(frame);
        try {
            place.load();
            int from = (int) (offset - table.offset(frame));
            int count = Math.min(table.contentBytes(frame) - from, into.remaining());
            into.put(into.position(), place.content, from, count);
            into.position(into.position() + count);
            return count;
        } finally {
            release(place);
        }
    }

    private synchronized Place take(int frame) throws IOException {
        Optional<Place> place = find(frame);
        while (place.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            place = find(frame);
        }
        place.get().wanted = frame;
        place.get().readers++;
        place.get().lastUse = ++clock;
        return place.get();
    }

    private Optional<Place> find(int frame) {
        return places.stream()
                .filter(place -> place.wanted == frame)
                .findFirst()
                .or(this::another)
                .or(() -> places.stream()
                        .filter(place -> place.readers == 0)
                        .min(Comparator.comparingLong(place -> place.lastUse)));
    }

    private Optional<Place> another() {
        if (places.size() == placesMax) {
            return Optional.empty();
        }
        places.add(new Place());
        return Optional.of(places.getLast());
    }

    private synchronized void release(Place place) {
        place.readers--;
        notifyAll();
    }

    /** After the last read. */
    @Override
    public synchronized void close() {
        places.forEach(Place::close);
        places.clear();
    }
}
