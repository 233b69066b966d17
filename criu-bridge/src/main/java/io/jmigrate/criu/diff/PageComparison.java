package io.jmigrate.criu.diff;

import io.jmigrate.criu.inspect.ImagedMapping;
import io.jmigrate.criu.memory.AddressBook;
import io.jmigrate.criu.memory.PageVisitor;
import io.jmigrate.criu.memory.Space;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the pages of a checkpoint with those of an earlier one as they stream by. */
final class PageComparison implements PageVisitor {
    private final PageDigests earlier;
    private final PageDigests later = new PageDigests();
    private final AddressBook bookBefore;
    private final AddressBook bookAfter;
    private final Map<ImagedMapping, long[]> counts = new LinkedHashMap<>();

    private enum Difference {
        CHANGED,
        CAME,
        WENT
    }

    PageComparison(PageDigests earlier, List<ImagedMapping> before, List<ImagedMapping> after) {
        this.earlier = earlier;
        bookBefore = new AddressBook(before);
        bookAfter = new AddressBook(after);
    }

    @Override
    public void page(Space space, long address, byte[] bytes, int offset) {
        PageTable table = earlier.table(space);
        int index = table.find(address);
        if (index >= 0) {
            table.meet(index);
            if (!table.content(index).equals(later.content(bytes, offset))) {
                count(space, address, Difference.CHANGED);
            }
        } else if (!earlier.isAbsent(space, address)) {
            count(space, address, Difference.CAME);
        }
    }

    @Override
    public void absent(Space space, long address, long pages, Absence why) {
        later.absent(space, address, pages, why);
    }

    private void count(Space space, long address, Difference difference) {
        Optional<AddressBook.Place> place = bookAfter.place(space, address).or(() -> bookBefore.place(space, address));
        place.ifPresent(found -> counts.computeIfAbsent(found.mapping(), _ -> new long[Difference.values().length])[
                difference.ordinal()]++);
    }

    /** Once all pages were shown. */
    List<ChangedPages> result() {
        earlier.tables().forEach((space, table) -> {
            for (int index = 0; index < table.count(); index++) {
                if (!table.wasMet(index) && !later.isAbsent(space, table.address(index))) {
                    count(space, table.address(index), Difference.WENT);
                }
            }
        });
        return counts.entrySet().stream()
                .map(entry -> new ChangedPages(
                        entry.getKey(),
                        entry.getValue()[Difference.CHANGED.ordinal()],
                        entry.getValue()[Difference.CAME.ordinal()],
                        entry.getValue()[Difference.WENT.ordinal()]))
                .toList();
    }

    /** Pages of either that can't be compared. */
    long absentPages() {
        return earlier.absentPages() + later.absentPages();
    }
}
