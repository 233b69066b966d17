package io.jmigrate.pages.store;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.AddressSpace;
import io.jmigrate.criu.image.entry.MappingEntry;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.WipedRange;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mappings of a dumped tree that its processes' forked children find empty. */
public final class WipedMappings {
    private static final Pattern SPACE = Pattern.compile("mm-(\\d{1,9})\\.img");

    /** A bit for each advice, by its number (images/vma.proto; madvise(2), MADV_WIPEONFORK). */
    private static final long WIPED_BIT = 1L << 18;

    private WipedMappings() {}

    /** @throws Failure PAGES_IO if the images can't be read */
    public static List<WipedRange> of(Path imageDirectory) {
        List<WipedRange> found = new ArrayList<>();
        try (DirectoryStream<Path> spaces = Files.newDirectoryStream(imageDirectory, "mm-*.img")) {
            for (Path space : spaces) {
                Matcher name = SPACE.matcher(space.getFileName().toString());
                if (name.matches()) {
                    read(new ProcessMemory(Integer.parseInt(name.group(1))), space, found);
                }
            }
        } catch (IOException e) {
            throw Failure.of(PageCode.PAGES_IO, "cannot read the mappings in " + imageDirectory + ": " + IoReason.of(e))
                    .withCause(e);
        }
        return found;
    }

    private static void read(ProcessMemory process, Path space, List<WipedRange> into) throws IOException {
        try (ImageReader reader = ImageReader.open(space, ImageKind.ADDRESS_SPACE)) {
            for (MappingEntry mapping : reader.one(AddressSpace.parser()).getVmasList()) {
                if ((mapping.getMadv() & WIPED_BIT) != 0 && mapping.getStart() < mapping.getEnd()) {
                    into.add(new WipedRange(process, mapping.getStart(), mapping.getEnd()));
                }
            }
        }
    }
}
