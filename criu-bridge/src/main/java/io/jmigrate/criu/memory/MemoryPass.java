package io.jmigrate.criu.memory;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.PagemapRun;
import io.jmigrate.criu.inspect.MemorySource;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One pass over the contents of memory in a checkpoint: each page once, in the order of the source's images. */
public final class MemoryPass {
    /** Of x86-64, and of arm64 as distributions set it up. */
    public static final int PAGE_BYTES = 4096;

    private static final int PAGES_AT_ONCE = 64;
    private static final Pattern PAGEMAP = Pattern.compile("pagemap-(shmem-)?(\\d{1,18})\\.img");

    private final MemorySource source;
    private final PageVisitor visitor;
    private final byte[] buffer = new byte[PAGES_AT_ONCE * PAGE_BYTES];

    /** Pagemaps whose pages have not been passed yet, by the name of the image with the pages. */
    private final Map<String, Named> waiting = new TreeMap<>();

    private record Named(String image, Space space) {}

    private MemoryPass(MemorySource source, PageVisitor visitor) {
        this.source = source;
        this.visitor = visitor;
    }

    /**
     * Shows all memory to a visitor.
     *
     * @throws Failure the source's ({@link MemorySource#unreadable}) if an image is damaged or missing
     */
    public static void run(MemorySource source, PageVisitor visitor) {
        try {
            MemoryPass pass = new MemoryPass(source, visitor);
            pass.findPagemaps();
            source.eachPagesImage(pass::image);
            pass.withoutImage();
        } catch (IOException e) {
            throw source.unreadable(e);
        }
    }

    private void findPagemaps() throws IOException {
        Map<String, Space> spaces = new HashMap<>();
        for (String name : source.sizes().keySet()) {
            Matcher matcher = PAGEMAP.matcher(name);
            if (matcher.matches()) {
                spaces.put(name, space(name, matcher));
            }
        }
        for (String name : spaces.keySet().stream().sorted().toList()) {
            try (Pagemap map = Pagemap.open(source, name)) {
                String pages = "pages-" + map.pagesId() + ".img";
                Named before = waiting.put(pages, new Named(name, spaces.get(name)));
                if (before != null) {
                    throw new ImageException(before.image() + " and " + name + " both have their pages in " + pages);
                }
            }
        }
    }

    private static Space space(String image, Matcher name) throws ImageException {
        long number = Long.parseLong(name.group(2));
        if (name.group(1) != null) {
            return new Space.Shared(number);
        }
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new ImageException(image + " is of an impossible process");
        }
        return new Space.OfProcess((int) number);
    }

    private void image(String name, InputStream content) throws IOException {
        Named pagemap = waiting.remove(name);
        if (pagemap != null && visitor.wants(pagemap.space())) {
            walk(pagemap, name, Optional.of(content));
        }
    }

    /** Processes of whose memory nothing is in the images. */
    private void withoutImage() throws IOException {
        for (Map.Entry<String, Named> left : List.copyOf(waiting.entrySet())) {
            if (visitor.wants(left.getValue().space())) {
                walk(left.getValue(), left.getKey(), Optional.empty());
            }
        }
    }

    private void walk(Named pagemap, String pages, Optional<InputStream> content) throws IOException {
        try (Pagemap map = Pagemap.open(source, pagemap.image())) {
            for (Optional<PagemapRun> run = map.next(); run.isPresent(); run = map.next()) {
                PagemapRun found = run.get();
                absence(found).ifPresent(why -> visitor.absent(pagemap.space(), found.address(), found.pages(), why));
                if (found.present() && found.pages() > 0) {
                    present(pagemap, found, pages, content);
                }
            }
        }
        visitor.end(pagemap.space());
    }

    private static Optional<PageVisitor.Absence> absence(PagemapRun run) {
        if (run.inParent()) {
            return Optional.of(PageVisitor.Absence.IN_PARENT);
        }
        return run.absent() ? Optional.of(PageVisitor.Absence.LAZY) : Optional.empty();
    }

    private void present(Named pagemap, PagemapRun run, String pages, Optional<InputStream> content)
            throws IOException {
        InputStream in = content.orElseThrow(
                () -> new ImageException(pagemap.image() + " has its pages in " + pages + ", which is missing"));
        for (long done = 0; done < run.pages(); ) {
            int count = (int) Math.min(PAGES_AT_ONCE, run.pages() - done);
            if (in.readNBytes(buffer, 0, count * PAGE_BYTES) < count * PAGE_BYTES) {
                throw new ImageException(pages + " has fewer pages than " + pagemap.image() + " counts");
            }
            for (int page = 0; page < count; page++) {
                visitor.page(pagemap.space(), run.address() + (done + page) * PAGE_BYTES, buffer, page * PAGE_BYTES);
            }
            done += count;
        }
    }
}
