package io.jmigrate.archive;

import io.jmigrate.archive.integrity.MemberRecorder;
import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.pages.PageImages;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.PageTarget.SharedMemory;
import io.jmigrate.pages.store.PageIndex;
import io.jmigrate.pages.store.SparseFile;
import io.jmigrate.pages.store.StoredPages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Extracts an archive but for the memory that can come later. */
final class LazyExtraction {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final Pattern PAGES = Pattern.compile(ArchiveLayout.CHECKPOINT + "/pages-(\\d{1,9})\\.img");
    private static final Pattern PAGEMAP =
            Pattern.compile(ArchiveLayout.CHECKPOINT + "/pagemap-(shmem-)?(\\d{1,9})\\.img");

    private final SeekableArchive source;
    private final boolean checked;
    private final ArchiveFile file;
    private final ExtractionDirectory directory;
    private final ImportRequest request;
    private final MemberRecorder recorder = new MemberRecorder();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final Map<Integer, SeekableArchive.Member> pages = new HashMap<>();
    private final Map<ProcessMemory, PageIndex> indexes = new HashMap<>();
    private long contentBytes;

    /** @param checked whether all of the archive is compared with its checksums: else memory is compared with the manifest here */
    LazyExtraction(SeekableArchive source, boolean checked, ExtractionDirectory directory, ImportRequest request) {
        this.source = source;
        this.checked = checked;
        this.file = new ArchiveFile(request.source().name());
        this.directory = directory;
        this.request = request;
    }

    LazyArchive run() {
        List<SeekableArchive.Member> members = source.members();
        boolean listed = members.stream().anyMatch(member -> member.name().equals(ArchiveLayout.MANIFEST));
        boolean unreadPages = checked || !listed;
        takeAll(members, unreadPages);
        Set<String> unread = unreadPages ? names(pages.values()) : Set.of();
        new Seal(file, name -> Files.readAllBytes(directory.path().resolve(name)), request.trust())
                .check(recorder.members(), unread);
        ArchivePages store = new ArchivePages(source, pages, directory.path().resolve(ArchiveLayout.CHECKPOINT));
        try {
            return complete(members, store);
        } catch (RuntimeException | Error e) {
            try (store) {
                throw e;
            }
        }
    }

    private LazyArchive complete(List<SeekableArchive.Member> members, ArchivePages store) {
        store.makeFiles();
        new MemberExpansion(file, request.limits(), source.fileBytes()).check(directory);
        ImportedArchive archive = new ImportedContent(file, directory.path()).check(contentBytes);
        extractEager(members, store);
        return new LazyArchive(archive, new StoredPages(indexes, store, store::settle));
    }

    private static Set<String> names(Collection<SeekableArchive.Member> members) {
        return members.stream().map(SeekableArchive.Member::name).collect(Collectors.toSet());
    }

    private void takeAll(List<SeekableArchive.Member> members, boolean unreadPages) {
        try {
            for (SeekableArchive.Member member : members) {
                take(member, unreadPages);
            }
        } catch (IOException e) {
            throw directory.failure(e); // what can't be read of the archive is a failure of its own
        }
    }

    private void take(SeekableArchive.Member member, boolean unreadPages) throws IOException {
        Matcher name = PAGES.matcher(member.name());
        if (member.directory()) {
            recorder.directory(member.name());
        } else if (name.matches()) {
            pages.put(Integer.valueOf(name.group(1)), member);
            if (unreadPages) {
                recorder.file(member.name(), member.size());
            } else {
                passOver(member);
            }
        } else if (member.useful()) {
            extract(member);
        } else {
            passOver(member);
        }
    }

    private void extract(SeekableArchive.Member member) throws IOException {
        try (SparseFile target = directory.file(member.name())) {
            read(member, target::append);
            target.finish();
        }
    }

    private void passOver(SeekableArchive.Member member) throws IOException {
        read(member, _ -> {});
    }

    /** Takes a piece of a member. */
    @FunctionalInterface
    private interface Piece {
        void take(ByteBuffer piece) throws IOException;
    }

    private void read(SeekableArchive.Member member, Piece use) throws IOException {
        for (long at = 0; at < member.size(); at += buffer.limit()) {
            source.read(member.offset() + at, buffer.clear().limit((int) Math.min(BUFFER_BYTES, member.size() - at)));
            buffer.flip();
            recorder.content(buffer.array(), 0, buffer.limit());
            use.take(buffer);
            contentBytes += buffer.limit();
            request.progress().reached(contentBytes);
        }
        recorder.file(member.name(), member.size());
    }

    /** What CRIU reads itself: memory that is shared, or was not to be left for later, and whatever no known image names. */
    private void extractEager(List<SeekableArchive.Member> members, ArchivePages store) {
        Map<Integer, SeekableArchive.Member> unnamed = new HashMap<>(pages);
        for (SeekableArchive.Member member : members) {
            Matcher name = PAGEMAP.matcher(member.name());
            if (name.matches()) {
                PageIndex index = index(member.name(), target(name));
                checkEnd(index);
                unnamed.remove(index.file());
                place(index, target(name), store);
            }
        }
        unnamed.keySet().forEach(store::settleAll);
    }

    private static PageTarget target(Matcher name) {
        long id = Long.parseLong(name.group(2));
        return name.group(1) == null ? new ProcessMemory(id) : new SharedMemory(id);
    }

    private PageIndex index(String name, PageTarget target) {
        Path path = directory.path().resolve(name);
        try (ImageReader reader = ImageReader.open(path, ImageKind.PAGEMAP)) {
            PageIndex index = PageIndex.read(reader, target);
            if (index.absentBytes() > 0) {
                throw new ImageException("it names pages of " + target + " that the images do not hold");
            }
            return index;
        } catch (ImageException e) {
            throw file.invalid(name, "can't be read: " + e.getMessage()).withCause(e);
        } catch (IOException e) {
            throw directory.failure(e);
        }
    }

    private void checkEnd(PageIndex index) {
        long there = pages.containsKey(index.file()) ? pages.get(index.file()).size() : 0;
        if (index.bytes() > there) {
            throw file.invalid(
                    ArchiveLayout.CHECKPOINT + "/" + PageImages.pages(index.file()),
                    "has fewer pages than the images name");
        }
    }

    private void place(PageIndex index, PageTarget target, ArchivePages store) {
        store.settle(index.file(), index.eager().values());
        if (target instanceof ProcessMemory process) {
            indexes.put(process, index);
        } else {
            store.settle(index.file(), index.lazy().values());
        }
    }
}
