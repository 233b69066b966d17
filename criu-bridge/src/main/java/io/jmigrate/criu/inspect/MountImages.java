package io.jmigrate.criu.inspect;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.MountEntry;
import java.util.ArrayList;
import java.util.List;

/** mountpoints-N.img. */
final class MountImages {
    private final Images images;
    private final Budget budget;

    MountImages(Images images, Budget budget) {
        this.images = images;
        this.budget = budget;
    }

    List<ImagedMount> read() {
        List<ImagedMount> mounts = new ArrayList<>();
        for (String name : images.numbered("mountpoints-")) {
            images.each(name, ImageKind.MOUNTS, MountEntry.parser(), entry -> {
                ImagedMount mount = mount(name, entry);
                budget.line(name, mount.mountPoint(), mount.type(), mount.source(), mount.root(), mount.external());
                mounts.add(mount);
            });
        }
        return mounts;
    }

    private static ImagedMount mount(String name, MountEntry entry) throws ImageException {
        return new ImagedMount(
                Images.number(name),
                entry.getMntId(),
                entry.getParentMntId(),
                Names.checked(name, entry.getMountpoint()),
                Names.checked(name, entry.hasFsname() ? entry.getFsname() : MountTypes.of(entry)),
                Names.checked(name, entry.getSource()),
                Names.checked(name, entry.getRoot()),
                Names.checked(name, external(entry)));
    }

    private static String external(MountEntry entry) {
        if (entry.hasExtKey()) {
            return entry.getExtKey();
        }
        return entry.getExtMount() ? entry.getRoot() : "";
    }
}
