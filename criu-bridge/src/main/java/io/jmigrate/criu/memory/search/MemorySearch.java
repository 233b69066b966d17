package io.jmigrate.criu.memory.search;

import io.jmigrate.criu.inspect.CheckpointImages;
import io.jmigrate.criu.inspect.ImagedMapping;
import io.jmigrate.criu.inspect.MappingKind;
import io.jmigrate.criu.inspect.MemorySource;
import io.jmigrate.criu.memory.AddressBook;
import io.jmigrate.criu.memory.MemoryPass;
import io.jmigrate.criu.memory.PageVisitor;
import io.jmigrate.criu.memory.Space;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Looks for something in all memory that the images hold, or in that of one process. */
public final class MemorySearch implements PageVisitor {
    private final List<ImagedMapping> mappings;
    private final OptionalInt pid;
    private final Consumer<Match> found;
    private final AddressBook book;
    private final Window window;
    private Space space = new Space.OfProcess(0);
    private long absent;

    private MemorySearch(List<ImagedMapping> mappings, Needle needle, OptionalInt pid, Consumer<Match> found) {
        this.mappings = mappings;
        this.pid = pid;
        this.found = found;
        book = new AddressBook(mappings);
        window = new Window(needle, this::match);
    }

    /**
     * Searches, and hands over each match when it is found.
     *
     * @param pid of the process whose memory is searched; all are if there is none
     * @return how many pages could not be searched, for their contents are not in the images
     */
    public static long run(
            MemorySource source, CheckpointImages images, Needle needle, OptionalInt pid, Consumer<Match> found) {
        List<ImagedMapping> mappings = images.mappings().stream()
                .filter(mapping -> pid.isEmpty() || mapping.pid() == pid.getAsInt())
                .toList();
        MemorySearch search = new MemorySearch(mappings, needle, pid, found);
        MemoryPass.run(source, search);
        return search.absent;
    }

    @Override
    public boolean wants(Space wanted) {
        return switch (wanted) {
            case Space.OfProcess(int process) -> pid.isEmpty() || pid.getAsInt() == process;
            case Space.Shared(long number) ->
                mappings.stream()
                        .anyMatch(mapping ->
                                mapping.kind() == MappingKind.SHARED_ANONYMOUS && mapping.object() == number);
        };
    }

    @Override
    public void page(Space of, long address, byte[] bytes, int offset) {
        space = of;
        window.add(address, bytes, offset, MemoryPass.PAGE_BYTES);
    }

    @Override
    public void absent(Space of, long address, long pages, Absence why) {
        absent += pages;
    }

    @Override
    public void end(Space of) {
        window.finish();
    }

    private void match(long address, byte[] before, byte[] bytes, byte[] after) {
        Optional<AddressBook.Place> place = book.place(space, address);
        switch (space) {
            case Space.OfProcess(int process) ->
                found.accept(match(process, address, place.map(AddressBook.Place::mapping), before, bytes, after));
            case Space.Shared _ ->
                place.ifPresent(at -> found.accept(
                        match(at.mapping().pid(), at.address(), Optional.of(at.mapping()), before, bytes, after)));
        }
    }

    private static Match match(
            int pid, long address, Optional<ImagedMapping> mapping, byte[] before, byte[] bytes, byte[] after) {
        return new Match(
                pid,
                address,
                mapping.map(ImagedMapping::name).orElse(""),
                mapping.map(ImagedMapping::protection).orElse(""),
                before,
                bytes,
                after);
    }
}
