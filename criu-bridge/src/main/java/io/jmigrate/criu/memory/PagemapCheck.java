package io.jmigrate.criu.memory;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.PagemapRun;
import io.jmigrate.criu.inspect.ImageSource;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Looks whether pagemaps and the images with the pages fit together, by their lengths: no page is read. */
public final class PagemapCheck {
    private static final Pattern PAGEMAP = Pattern.compile("pagemap-(shmem-)?\\d+\\.img");

    private PagemapCheck() {}

    /**
     * Reads all pagemaps.
     *
     * @throws io.jmigrate.runtime.failure.Failure the source's, at the first that is wrong
     */
    public static void run(ImageSource source) {
        Map<String, String> claimed = new HashMap<>();
        try {
            for (String name : source.sizes().keySet().stream().sorted().toList()) {
                if (PAGEMAP.matcher(name).matches()) {
                    check(source, name, claimed);
                }
            }
        } catch (IOException e) {
            throw source.unreadable(e);
        }
    }

    private static void check(ImageSource source, String name, Map<String, String> claimed) throws IOException {
        try (Pagemap map = Pagemap.open(source, name)) {
            String pages = "pages-" + map.pagesId() + ".img";
            String other = claimed.put(pages, name);
            if (other != null) {
                throw new ImageException(other + " and " + name + " both have their pages in " + pages);
            }
            long present = present(map);
            Long bytes = source.sizes().get(pages);
            if (present > 0 && bytes == null) {
                throw new ImageException(name + " has its pages in " + pages + ", which is missing");
            }
            if (present > 0 && bytes / MemoryPass.PAGE_BYTES < present) {
                throw new ImageException(pages + " has fewer pages than " + name + " counts");
            }
        }
    }

    private static long present(Pagemap map) throws IOException {
        long present = 0;
        for (Optional<PagemapRun> run = map.next(); run.isPresent(); run = map.next()) {
            present += run.get().present() ? run.get().pages() : 0;
        }
        return present;
    }
}
