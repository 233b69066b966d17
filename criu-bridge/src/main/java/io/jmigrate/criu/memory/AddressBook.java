package io.jmigrate.criu.memory;

import io.jmigrate.criu.inspect.ImagedMapping;
import io.jmigrate.criu.inspect.MappingKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tells which mapping a page belongs to. Of shared memory that is one of the mappings that show it. */
public final class AddressBook {
    private final Map<Integer, TreeMap<Long, ImagedMapping>> byProcess = new HashMap<>();
    private final Map<Long, TreeMap<Long, ImagedMapping>> ofShared = new HashMap<>();

    public AddressBook(List<ImagedMapping> mappings) {
        for (ImagedMapping mapping : mappings) {
            byProcess
                    .computeIfAbsent(mapping.pid(), _ -> new TreeMap<>(Long::compareUnsigned))
                    .put(mapping.start(), mapping);
            if (mapping.kind() == MappingKind.SHARED_ANONYMOUS) {
                ofShared.computeIfAbsent(mapping.object(), _ -> new TreeMap<>(Long::compareUnsigned))
                        .merge(mapping.offset(), mapping, (one, other) -> one.bytes() < other.bytes() ? other : one);
            }
        }
    }

    /**
     * A place in the memory of a process.
     *
     * @param mapping that holds it
     * @param address in the process
     */
    public record Place(ImagedMapping mapping, long address) {}

    /** The place that an address of a space has in a process; empty if nothing is mapped there. */
    public Optional<Place> place(Space space, long address) {
        return switch (space) {
            case Space.OfProcess(int pid) -> ofProcess(pid, address).map(mapping -> new Place(mapping, address));
            case Space.Shared(long number) ->
                floor(ofShared.get(number), address)
                        .map(mapping -> new Place(mapping, mapping.start() + address - mapping.offset()))
                        .filter(place -> place.mapping().holds(place.address()));
        };
    }

    /** The mapping of a process that holds the address. */
    public Optional<ImagedMapping> ofProcess(int pid, long address) {
        return floor(byProcess.get(pid), address).filter(mapping -> mapping.holds(address));
    }

    private static Optional<ImagedMapping> floor(TreeMap<Long, ImagedMapping> mappings, long address) {
        return Optional.ofNullable(mappings == null ? null : mappings.floorEntry(address))
                .map(Map.Entry::getValue);
    }
}
