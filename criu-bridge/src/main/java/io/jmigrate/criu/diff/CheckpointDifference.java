package io.jmigrate.criu.diff;

import io.jmigrate.criu.inspect.CheckpointImages;
import io.jmigrate.criu.inspect.ImagedFile;
import io.jmigrate.criu.inspect.ImagedMapping;
import io.jmigrate.criu.inspect.ImagedMount;
import io.jmigrate.criu.inspect.ImagedProcess;
import io.jmigrate.criu.inspect.MemorySource;
import io.jmigrate.criu.memory.MemoryPass;
import java.util.List;
import java.util.Objects;

/**
 * What is different in a checkpoint from an earlier one.
 *
 * @param processes known again by their ids
 * @param files descriptors that are no sockets, known again by process and number
 * @param sockets the same of sockets
 * @param mounts known again by their mount points; ids and numbers of namespaces don't count
 * @param mappings known again by process and first address
 * @param pages mappings with pages that are different
 * @param absentPages pages of either that could not be compared, for their contents are not in the images
 */
public record CheckpointDifference(
        Changes<ImagedProcess> processes,
        Changes<ImagedFile> files,
        Changes<ImagedFile> sockets,
        Changes<ImagedMount> mounts,
        Changes<ImagedMapping> mappings,
        List<ChangedPages> pages,
        long absentPages) {
    public CheckpointDifference {
        Objects.requireNonNull(processes);
        Objects.requireNonNull(files);
        Objects.requireNonNull(sockets);
        Objects.requireNonNull(mounts);
        Objects.requireNonNull(mappings);
        pages = List.copyOf(pages);
    }

    /** Whether there is none, as far as the images tell. */
    public boolean none() {
        return processes.none()
                && files.none()
                && sockets.none()
                && mounts.none()
                && mappings.none()
                && pages.isEmpty();
    }

    /**
     * One of the two.
     *
     * @param source its images
     * @param images what they tell
     */
    public record Side(MemorySource source, CheckpointImages images) {
        public static Side of(MemorySource source) {
            return new Side(source, CheckpointImages.of(source));
        }

        private List<ImagedFile> files(boolean sockets) {
            return images.files().stream()
                    .filter(file -> file.socket().isPresent() == sockets)
                    .toList();
        }
    }

    private record Descriptor(int pid, int number) {}

    private record MountContent(String type, String source, String root, String external) {}

    private record Beginning(int pid, long start) {}

    private record MappingContent(long end, String protection, Object kind, String name) {}

    /** Compares them, with one pass over the memory of each. */
    public static CheckpointDifference between(Side before, Side after) {
        List<ImagedMapping> mappingsBefore = before.images().mappings();
        List<ImagedMapping> mappingsAfter = after.images().mappings();
        PageDigests digests = new PageDigests();
        MemoryPass.run(before.source(), digests);
        PageComparison pages = new PageComparison(digests, mappingsBefore, mappingsAfter);
        MemoryPass.run(after.source(), pages);
        return new CheckpointDifference(
                Changes.between(
                        before.images().processes(),
                        after.images().processes(),
                        ImagedProcess::pid,
                        process -> process),
                descriptors(before, after, false),
                descriptors(before, after, true),
                Changes.between(
                        before.images().mounts(),
                        after.images().mounts(),
                        ImagedMount::mountPoint,
                        mount -> new MountContent(mount.type(), mount.source(), mount.root(), mount.external())),
                Changes.between(
                        mappingsBefore,
                        mappingsAfter,
                        mapping -> new Beginning(mapping.pid(), mapping.start()),
                        mapping -> new MappingContent(
                                mapping.end(), mapping.protection(), mapping.kind(), mapping.name())),
                pages.result(),
                pages.absentPages());
    }

    private static Changes<ImagedFile> descriptors(Side before, Side after, boolean sockets) {
        return Changes.between(
                before.files(sockets),
                after.files(sockets),
                file -> new Descriptor(file.pid(), file.descriptor()),
                file -> file);
    }
}
