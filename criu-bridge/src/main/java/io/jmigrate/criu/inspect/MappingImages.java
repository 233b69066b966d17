package io.jmigrate.criu.inspect;

import io.jmigrate.criu.image.AreaBits;
import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.AddressSpace;
import io.jmigrate.criu.image.entry.MappingEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The mappings in mm-PID.img, one by one. */
final class MappingImages {
    // mmap(2)
    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int EXECUTE = 4;
    private static final int SHARED = 1;

    private final Images images;
    private final Budget budget;
    private final Map<Integer, String> fileNames;

    /** @param fileNames by their numbers in files.img */
    MappingImages(Images images, Budget budget, Map<Integer, String> fileNames) {
        this.images = images;
        this.budget = budget;
        this.fileNames = fileNames;
    }

    List<ImagedMapping> read(List<ImagedProcess> processes) {
        List<ImagedMapping> mappings = new ArrayList<>();
        for (ImagedProcess process : processes) {
            String image = "mm-" + process.pid() + ".img";
            images.each(image, ImageKind.ADDRESS_SPACE, AddressSpace.parser(), space -> {
                for (MappingEntry entry : space.getVmasList()) {
                    mappings.add(mapping(process.pid(), image, entry));
                }
            });
        }
        return mappings;
    }

    private ImagedMapping mapping(int pid, String image, MappingEntry entry) throws ImageException {
        if (Long.compareUnsigned(entry.getStart(), entry.getEnd()) > 0) {
            throw new ImageException(image + " has a mapping that ends before it starts");
        }
        if (entry.getEnd() - entry.getStart() < 0) {
            throw new ImageException(image + " has a mapping of an impossible length");
        }
        MappingKind kind = MappingKind.of(entry);
        String name = name(kind, entry);
        budget.line(image, name);
        return new ImagedMapping(
                pid,
                entry.getStart(),
                entry.getEnd(),
                protection(entry),
                kind,
                name,
                entry.getPgoff(),
                entry.getShmid());
    }

    private static String protection(MappingEntry entry) {
        int allowed = entry.getProt();
        return ((allowed & READ) != 0 ? "r" : "-")
                + ((allowed & WRITE) != 0 ? "w" : "-")
                + ((allowed & EXECUTE) != 0 ? "x" : "-")
                + ((entry.getFlags() & SHARED) != 0 ? "s" : "p");
    }

    private String name(MappingKind kind, MappingEntry entry) {
        return switch (kind) {
            case STACK -> "[stack]";
            case HEAP -> "[heap]";
            case PRIVATE_FILE, SHARED_FILE -> fileNames.getOrDefault((int) entry.getShmid(), "");
            case SHARED_ANONYMOUS -> "[shared memory " + Long.toUnsignedString(entry.getShmid()) + "]";
            case PRIVATE_ANONYMOUS, OTHER -> kernelName(entry.getStatus());
        };
    }

    private static String kernelName(int status) {
        if ((status & AreaBits.VDSO) != 0) {
            return "[vdso]";
        }
        if ((status & AreaBits.VVAR) != 0) {
            return "[vvar]";
        }
        return (status & AreaBits.VSYSCALL) != 0 ? "[vsyscall]" : "";
    }
}
