package io.jmigrate.criu.inspect;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.DumpFigures;
import io.jmigrate.criu.image.entry.Inventory;
import io.jmigrate.criu.image.entry.Statistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The images of a checkpoint, each part read when it is asked for.
 *
 * <p>Every method throws the source's failure ({@link ImageSource#unreadable}) if an image is damaged or holds more than can be
 * listed.
 */
public final class CheckpointImages {
    private static final String STATISTICS = "stats-dump";
    private static final Pattern PAGES = Pattern.compile("pages-\\d+\\.img");

    private final Images images;
    private final Budget budget = new Budget();
    private final int version;
    private final List<ImagedProcess> processes;
    private final FileImages fileImages;
    private Optional<List<ImagedFile>> files = Optional.empty();

    private CheckpointImages(Images images) {
        this.images = images;
        version = images.only("inventory.img", ImageKind.INVENTORY, Inventory.parser())
                .orElseThrow(() -> images.wrong("it has no inventory.img"))
                .getImgVersion();
        processes = List.copyOf(new ProcessImages(images, budget).read());
        fileImages = new FileImages(images, budget);
    }

    /** Reads the inventory and the tree of processes. */
    public static CheckpointImages of(ImageSource source) {
        return new CheckpointImages(new Images(source));
    }

    /** The version of CRIU's image format, 2 since 2015. */
    public int version() {
        return version;
    }

    /** Parents before their children. */
    public List<ImagedProcess> processes() {
        return processes;
    }

    /** Bytes of memory contents in the images. */
    public long memoryBytes() {
        return images.source().sizes().entrySet().stream()
                .filter(image -> PAGES.matcher(image.getKey()).matches())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** What all pagemaps count: those of processes and those of shared memory. */
    public PageCounts pages() {
        MemoryImages memory = new MemoryImages(images, budget);
        PageCounts counts = PageCounts.NONE;
        for (String kind : List.of("pagemap-", "pagemap-shmem-")) {
            for (String name : images.numbered(kind)) {
                counts = counts.plus(memory.pages(name));
            }
        }
        return counts;
    }

    /** By process and then by number; read once. */
    public List<ImagedFile> files() {
        if (files.isEmpty()) {
            files = Optional.of(List.copyOf(fileImages.read(processes)));
        }
        return files.get();
    }

    public List<ImagedMount> mounts() {
        return new MountImages(images, budget).read();
    }

    /** One element for each process that has memory. */
    public List<ImagedMemory> memory() {
        return new MemoryImages(images, budget).read(processes);
    }

    /** Every mapping of every process, by process and then by address. */
    public List<ImagedMapping> mappings() {
        return new MappingImages(images, budget, fileImages.names()).read(processes);
    }

    /** How the dump went; empty if the checkpoint doesn't tell. */
    public Optional<DumpStatistics> statistics() {
        return images.only(STATISTICS, ImageKind.STATISTICS, Statistics.parser())
                .filter(Statistics::hasDump)
                .map(statistics -> statistics(statistics.getDump()));
    }

    private static DumpStatistics statistics(DumpFigures dump) {
        return new DumpStatistics(
                Integer.toUnsignedLong(dump.getFreezingTime()),
                Integer.toUnsignedLong(dump.getFrozenTime()),
                Integer.toUnsignedLong(dump.getMemdumpTime()),
                Integer.toUnsignedLong(dump.getMemwriteTime()),
                dump.getPagesScanned(),
                dump.getPagesSkippedParent(),
                dump.getPagesWritten(),
                dump.getPagesLazy());
    }
}
