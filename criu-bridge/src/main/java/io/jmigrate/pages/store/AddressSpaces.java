package io.jmigrate.pages.store;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.AddressSpace;
import io.jmigrate.criu.image.entry.MappingEntry;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mappings of all processes in images: {@code mm-PID.img}. */
final class AddressSpaces {
    private static final Pattern SPACE = Pattern.compile("mm-(\\d{1,9})\\.img");

    private AddressSpaces() {}

    /** @throws Failure PAGES_IO if the images can't be read */
    static void each(Path imageDirectory, BiConsumer<ProcessMemory, MappingEntry> visitor) {
        try (DirectoryStream<Path> spaces = Files.newDirectoryStream(imageDirectory, "mm-*.img")) {
            for (Path space : spaces) {
                Matcher name = SPACE.matcher(space.getFileName().toString());
                if (name.matches()) {
                    read(space, new ProcessMemory(Integer.parseInt(name.group(1))), visitor);
                }
            }
        } catch (IOException e) {
            throw Failure.of(PageCode.PAGES_IO, "cannot read the mappings in " + imageDirectory + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static void read(Path space, ProcessMemory process, BiConsumer<ProcessMemory, MappingEntry> visitor)
            throws IOException {
        try (ImageReader reader = ImageReader.open(space, ImageKind.ADDRESS_SPACE)) {
            reader.one(AddressSpace.parser()).getVmasList().forEach(mapping -> visitor.accept(process, mapping));
        }
    }
}
