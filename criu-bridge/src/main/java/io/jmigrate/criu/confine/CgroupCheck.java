package io.jmigrate.criu.confine;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.image.entry.CgroupNode;
import io.jmigrate.criu.image.entry.CgroupProperty;
import io.jmigrate.criu.inspect.ImageSource;
import io.jmigrate.criu.inspect.Images;
import java.nio.file.Path;

/**
 * Looks whether cgroup.img names cgroups and files of theirs alone: CRIU makes directories and writes to files of these names, as
 * root of the host (criu/cgroup.c, prepare_cgroup_dirs).
 */
public final class CgroupCheck {
    private static final String IMAGE = "cgroup.img";

    private CgroupCheck() {}

    /** @throws io.jmigrate.runtime.failure.Failure the source's, at the first that leads elsewhere */
    public static void run(ImageSource source) {
        new Images(source).each(IMAGE, ImageKind.CGROUP, CgroupEntry.parser(), entry -> {
            for (var set : entry.getSetsList()) {
                for (var member : set.getCtlsList()) {
                    checkPath(member.getPath());
                }
            }
            for (var hierarchy : entry.getControllersList()) {
                for (CgroupNode node : hierarchy.getDirsList()) {
                    check(node);
                }
            }
        });
    }

    private static void check(CgroupNode node) throws ImageException {
        checkPath(node.getDirName());
        for (CgroupProperty property : node.getPropertiesList()) {
            String name = property.getName();
            if (name.isEmpty() || name.indexOf('/') >= 0 || name.startsWith(".")) {
                throw new ImageException(IMAGE + " names a file that is none of a cgroup's");
            }
        }
        for (CgroupNode child : node.getChildrenList()) {
            check(child);
        }
    }

    private static void checkPath(String path) throws ImageException {
        if (path.indexOf('\0') >= 0) {
            throw new ImageException(IMAGE + " names no cgroup");
        }
        for (Path name : Path.of(path)) {
            if (name.toString().equals("..")) {
                throw new ImageException(IMAGE + " names a cgroup that leads elsewhere");
            }
        }
    }
}
