package io.jmigrate.pages;

import io.jmigrate.criu.image.ImageException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the images with memory are called (criu/include/image-desc.h). */
public final class PageImages {
    /** The link to the directory of the dump before (CR_PARENT_LINK). */
    public static final String PARENT_LINK = "parent";

    private static final Pattern PAGEMAP = Pattern.compile("pagemap-(\\d{1,10})\\.img");

    private static final Pattern SHARED_PAGEMAP = Pattern.compile("pagemap-shmem-(0|[1-9]\\d{0,16})\\.img");

    private PageImages() {}

    /** The image with the pages. @param id an unsigned number, as a pagemap has it */
    public static String pages(int id) {
        return "pages-" + Integer.toUnsignedString(id) + ".img";
    }

    /** The image that says what pages there are. */
    public static String pagemap(PageTarget target) {
        return switch (target) {
            case PageTarget.ProcessMemory(long pid) -> "pagemap-" + pid + ".img";
            case PageTarget.SharedMemory(long id) -> "pagemap-shmem-" + id + ".img";
        };
    }

    /** The pagemaps of processes in an image directory. */
    public static Map<PageTarget.ProcessMemory, Path> pagemaps(Path directory) throws IOException {
        Map<PageTarget.ProcessMemory, Path> found = new HashMap<>();
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(directory, "pagemap-*.img")) {
            for (Path candidate : candidates) {
                Matcher name = PAGEMAP.matcher(candidate.getFileName().toString());
                if (name.matches()) {
                    found.put(new PageTarget.ProcessMemory(Long.parseLong(name.group(1))), candidate);
                }
            }
        }
        return found;
    }

    /** The pagemaps of memory that processes share in an image directory. */
    public static Map<PageTarget.SharedMemory, Path> sharedPagemaps(Path directory) throws IOException {
        Map<PageTarget.SharedMemory, Path> found = new HashMap<>();
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(directory, "pagemap-shmem-*.img")) {
            for (Path candidate : candidates) {
                Matcher name = SHARED_PAGEMAP.matcher(candidate.getFileName().toString());
                if (!name.matches() || Long.parseLong(name.group(1)) > PageTarget.MAX_SHARED_ID) {
                    throw new ImageException(candidate.getFileName() + " is not what CRIU calls a pagemap");
                }
                found.put(new PageTarget.SharedMemory(Long.parseLong(name.group(1))), candidate);
            }
        }
        return found;
    }
}
