package io.jmigrate.criu.inspect;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.MountEntry;
import java.util.ArrayList;
import java.util.List;

/** mountpoints-N.img. */
final class MountImages {
    private static final String IMAGES = "mountpoints-";

    /** By number, enum fstype of images/mnt.proto; 20 to 22 are reserved. */
    private static final List<String> TYPES = List.of(
            "unknown",
            "proc",
            "sysfs",
            "devtmpfs",
            "binfmt_misc",
            "tmpfs",
            "devpts",
            "simfs",
            "pstore",
            "securityfs",
            "fusectl",
            "debugfs",
            "cgroup",
            "aufs",
            "mqueue",
            "fuse",
            "auto",
            "overlay",
            "autofs",
            "tracefs",
            "unknown",
            "unknown",
            "unknown",
            "cgroup2");

    private final Images images;
    private final Budget budget;

    MountImages(Images images, Budget budget) {
        this.images = images;
        this.budget = budget;
    }

    List<ImagedMount> read() {
        List<ImagedMount> mounts = new ArrayList<>();
        for (String name : images.numbered(IMAGES)) {
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
                name.substring(IMAGES.length(), name.lastIndexOf('.')),
                entry.getMntId(),
                entry.getParentMntId(),
                Names.checked(name, entry.getMountpoint()),
                Names.checked(name, type(entry)),
                Names.checked(name, entry.getSource()),
                Names.checked(name, entry.getRoot()),
                Names.checked(name, external(entry)));
    }

    private static String type(MountEntry entry) {
        if (entry.hasFsname()) {
            return entry.getFsname();
        }
        int number = entry.getFstype();
        return number > 0 && number < TYPES.size() ? TYPES.get(number) : TYPES.getFirst();
    }

    private static String external(MountEntry entry) {
        if (entry.hasExtKey()) {
            return entry.getExtKey();
        }
        return entry.getExtMount() ? entry.getRoot() : "";
    }
}
