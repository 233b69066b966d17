package io.jmigrate.criu.inspect;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.AddressSpace;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.image.entry.CoreEntry;
import io.jmigrate.criu.image.entry.FdinfoEntry;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.Inventory;
import io.jmigrate.criu.image.entry.MountEntry;
import io.jmigrate.criu.image.entry.PstreeEntry;
import io.jmigrate.criu.image.entry.TaskIds;
import io.jmigrate.criu.image.entry.UserNamespace;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Looks whether images are what their names say, from their first entry to their last, before CRIU reads them as root: their
 * numbers, the lengths of their entries, and that these are messages of their kind. What they mean is not judged.
 */
public final class ImageCheck {
    /** An entry of an address space is the largest: as in {@code ImageReader}. */
    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>("inventory\\.img", ImageKind.INVENTORY, Inventory.parser()),
            new Kind<>("pstree\\.img", ImageKind.PSTREE, PstreeEntry.parser()),
            new Kind<>("files\\.img", ImageKind.FILES, FileEntry.parser()),
            new Kind<>("core-\\d+\\.img", ImageKind.CORE, CoreEntry.parser()),
            new Kind<>("ids-\\d+\\.img", ImageKind.IDS, TaskIds.parser()),
            new Kind<>("fdinfo-\\d+\\.img", ImageKind.FDINFO, FdinfoEntry.parser()),
            new Kind<>("mm-\\d+\\.img", ImageKind.ADDRESS_SPACE, AddressSpace.parser()),
            new Kind<>("userns-\\d+\\.img", ImageKind.USER_NAMESPACE, UserNamespace.parser()),
            new Kind<>("cgroup\\.img", ImageKind.CGROUP, CgroupEntry.parser()),
            new Kind<>("mountpoints-\\d+\\.img", ImageKind.MOUNTS, MountEntry.parser()));

    private ImageCheck() {}

    private record Kind<M extends Message>(Pattern name, ImageKind kind, Parser<M> parser) {
        Kind(String name, ImageKind kind, Parser<M> parser) {
            this(Pattern.compile(name), kind, parser);
        }

        void check(Images images, String image) {
            if (name.matcher(image).matches()) {
                images.each(image, kind, parser, _ -> {});
            }
        }
    }

    /**
     * Reads all images of the kinds that are known here.
     *
     * @throws io.jmigrate.runtime.failure.Failure the source's, at the first that is wrong
     */
    public static void run(ImageSource source) {
        Images images = new Images(source);
        for (String image : source.sizes().keySet().stream().sorted().toList()) {
            KINDS.forEach(kind -> kind.check(images, image));
        }
    }
}
