package io.jmigrate.criu.confine;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.image.entry.CgroupNode;
import io.jmigrate.criu.image.entry.CgroupProperty;
import io.jmigrate.criu.inspect.ImageSource;
import io.jmigrate.criu.inspect.Images;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Looks whether cgroup.img names cgroups and files of theirs alone: CRIU mounts hierarchies, makes directories and writes to files of
 * these names, as root of the host (criu/cgroup.c, prepare_cgroup_sfd).
 */
public final class CgroupCheck {
    private static final String IMAGE = "cgroup.img";

    /** A controller, a hierarchy without one, or nothing for version 2 (cgroups(7)): a directory where CRIU mounts it, and an option of mount. */
    private static final Predicate<String> HIERARCHY =
            Pattern.compile("((name=)?[A-Za-z0-9_-][A-Za-z0-9._-]*)?").asMatchPredicate();

    /** What a text holds that isn't UTF-8: CRIU would read another one. */
    private static final char UNREADABLE = '\uFFFD';

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
                if (!hierarchy.getCnamesList().stream().allMatch(HIERARCHY)) {
                    throw new ImageException(IMAGE + " names a hierarchy that is none of cgroups");
                }
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
        if (path.indexOf('\0') >= 0 || path.indexOf(UNREADABLE) >= 0) {
            throw new ImageException(IMAGE + " names no cgroup");
        }
        for (Path name : Path.of(path)) {
            if (name.toString().equals("..")) {
                throw new ImageException(IMAGE + " names a cgroup that leads elsewhere");
            }
        }
    }
}
