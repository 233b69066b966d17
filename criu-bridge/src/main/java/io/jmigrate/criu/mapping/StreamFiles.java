package io.jmigrate.criu.mapping;

import io.jmigrate.criu.image.entry.FdinfoEntry;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.Pipe;
import io.jmigrate.criu.image.entry.RegularFile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of the open files in a dump are standard streams of the host. One host file can be several of them (output and errors in
 * one file), and can be open more than once (a program that opened {@code /dev/stdout}), so what counts is what a descriptor's
 * number is and whether it is written to.
 */
final class StreamFiles {
    private static final int ACCESS_MASK = 3;
    private static final int READ_ONLY = 0;
    private static final int WRITE_ONLY = 1;
    private static final int OUTPUT = 1;

    private final Map<String, TreeSet<Integer>> numbersByKey = new HashMap<>();
    private final Map<Integer, String> terminals;
    private final Map<Integer, String> keys = new HashMap<>();
    private final Map<Integer, Integer> access = new HashMap<>();
    private final Map<String, Set<Integer>> pipeAccess = new HashMap<>();
    private int largestId;

    /**
     * @param streams of the host
     * @param terminals keys of the terminals in the dump, by the number that its files refer to
     */
    StreamFiles(List<HostStream> streams, Map<Integer, String> terminals) {
        streams.forEach(stream ->
                numbersByKey.computeIfAbsent(stream.key(), _ -> new TreeSet<>()).add(stream.number()));
        this.terminals = Map.copyOf(terminals);
    }

    /** Takes note of an open file; a FIFO comes behind the file that has its name, as CRIU writes them. */
    void add(FileEntry entry) {
        largestId = Math.max(largestId, entry.getId());
        if (entry.hasReg()) {
            addRegular(entry.getReg());
        } else if (entry.hasPipe()) {
            addPipe(entry.getPipe());
        } else if (entry.hasFifo() && keys.containsKey(entry.getFifo().getRegfId())) {
            int named = entry.getFifo().getRegfId();
            add(entry.getId(), keys.get(named), access.get(named));
        } else if (entry.hasTty()) {
            Optional.ofNullable(terminals.get(entry.getTty().getTtyInfoId()))
                    .ifPresent(key -> add(entry.getId(), key, entry.getTty().getFlags()));
        }
    }

    private void addRegular(RegularFile file) {
        if (file.getExt()) {
            add(file.getId(), file.getName(), file.getFlags());
        }
    }

    private void addPipe(Pipe pipe) {
        String key = HostStream.pipe(Integer.toUnsignedLong(pipe.getPipeId()));
        pipeAccess.computeIfAbsent(key, _ -> new HashSet<>()).add(pipe.getFlags() & ACCESS_MASK);
        add(pipe.getId(), key, pipe.getFlags());
    }

    private void add(int id, String key, int flags) {
        if (numbersByKey.containsKey(key)) {
            keys.put(id, key);
            access.put(id, flags & ACCESS_MASK);
        }
    }

    /** Whether an entry only says what a stream of the host was; to be asked when all have been added. */
    boolean isReplaced(FileEntry entry) {
        return isStream(entry.getId());
    }

    private boolean isStream(int id) {
        return keys.containsKey(id) && !isWithin(keys.get(id));
    }

    /** A pipe that the container both reads and writes is its own. */
    private boolean isWithin(String key) {
        return pipeAccess.getOrDefault(key, Set.of()).containsAll(Set.of(READ_ONLY, WRITE_ONLY));
    }

    /** Which standard stream a descriptor is, if any. */
    Optional<Integer> numberOf(FdinfoEntry descriptor) {
        if (!isStream(descriptor.getId())) {
            return Optional.empty();
        }
        TreeSet<Integer> numbers = numbersByKey.get(keys.get(descriptor.getId()));
        if (numbers.contains(descriptor.getFd())) {
            return Optional.of(descriptor.getFd());
        }
        boolean written = access.get(descriptor.getId()) != READ_ONLY;
        return Optional.of(written && numbers.contains(OUTPUT) ? OUTPUT : written ? numbers.last() : numbers.first());
    }

    /** An id for a new entry that stands for a stream. */
    int newId(int number) {
        return largestId + 1 + number;
    }
}
