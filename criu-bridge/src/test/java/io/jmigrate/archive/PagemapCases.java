package io.jmigrate.archive;

import com.google.protobuf.MessageLite;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.criu.inspect.ImagesInMemory;
import java.util.ArrayList;
import java.util.List;

/** Images whose pagemap-1.img holds what a test wants. */
final class PagemapCases {
    private PagemapCases() {}

    static ImagesInMemory with(PagemapEntry... runs) {
        return in(1, runs);
    }

    static ImagesInMemory in(int pagesId, PagemapEntry... runs) {
        List<MessageLite> entries = new ArrayList<>();
        entries.add(PagemapHead.newBuilder().setPagesId(pagesId).build());
        entries.addAll(List.of(runs));
        return ImagesInMemory.complete().with("pagemap-1.img", ImageKind.PAGEMAP, entries.toArray(MessageLite[]::new));
    }

    static PagemapEntry run(long address, long pages) {
        return PagemapEntry.newBuilder()
                .setVaddr(address)
                .setCompatNrPages(0)
                .setNrPages(pages)
                .setFlags(4)
                .build();
    }
}
