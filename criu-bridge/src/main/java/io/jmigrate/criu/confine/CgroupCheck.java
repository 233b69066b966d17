package io.jmigrate.criu.confine;

import io.jmigrate.criu.image.ImageException;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.image.entry.CgroupHierarchy;
import io.jmigrate.criu.image.entry.CgroupNode;
import io.jmigrate.criu.image.entry.CgroupProperty;
import io.jmigrate.criu.inspect.ImageSource;
import io.jmigrate.criu.inspect.Images;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Looks whether cgroup.img names cgroups and files of theirs alone, in few enough bytes: CRIU mounts hierarchies, makes directories and
 * writes to files of these names, as root of the host, and joins them in buffers whose ends it does not look for (criu/cgroup.c,
 * prepare_cgroup_sfd).
 */
public final class CgroupCheck {
    private static final String IMAGE = "cgroup.img";

    /** A controller, a hierarchy without one, or nothing for version 2 (cgroups(7)): a directory where CRIU mounts it, and an option of mount. */
    private static final Predicate<String> HIERARCHY =
            Pattern.compile("((name=)?[A-Za-z0-9_-][A-Za-z0-9._-]*)?").asMatchPredicate();

    /** Of the names of one hierarchy, which CRIU has 128 for, with {@code none,} and the end; all that there are take less than 100. */
    private static final int HIERARCHY_BYTES_MAX = 120;

    /** Of a cgroup's names from the top on: half of PATH_MAX, which has to do for the container's cgroup and a file's name as well. */
    private static final int PATH_BYTES_MAX = 2048;

    /** NAME_MAX. */
    private static final int NAME_BYTES_MAX = 255;

    /** Controllers, for which CRIU has 1024 together with those that are there, each with a sign (restore_cgroup_subtree_control). */
    private static final String SUBTREE_CONTROL = "cgroup.subtree_control";

    private static final int SUBTREE_CONTROL_BYTES_MAX = 256;

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
            for (CgroupHierarchy hierarchy : entry.getControllersList()) {
                check(hierarchy);
            }
        });
    }

    private static void check(CgroupHierarchy hierarchy) throws ImageException {
        List<String> names = hierarchy.getCnamesList();
        if (!names.stream().allMatch(HIERARCHY) || bytes(String.join(",", names)) > HIERARCHY_BYTES_MAX) {
            throw new ImageException(IMAGE + " names a hierarchy that is none of cgroups");
        }
        for (CgroupNode node : hierarchy.getDirsList()) {
            // the uppermost has no name where it is the top of the hierarchy
            check(node, node.getDirName().isEmpty() ? "" : "/" + node.getDirName());
        }
    }

    /** @param path of the cgroup, from the top of the hierarchy on */
    private static void check(CgroupNode node, String path) throws ImageException {
        checkPath(path);
        for (CgroupProperty property : node.getPropertiesList()) {
            String name = property.getName();
            if (name.isEmpty() || name.indexOf('/') >= 0 || name.startsWith(".") || bytes(name) > NAME_BYTES_MAX) {
                throw new ImageException(IMAGE + " names a file that is none of a cgroup's");
            }
            if (name.equals(SUBTREE_CONTROL) && bytes(property.getValue()) > SUBTREE_CONTROL_BYTES_MAX) {
                throw new ImageException(IMAGE + " gives a cgroup more controllers than there are");
            }
        }
        for (CgroupNode child : node.getChildrenList()) {
            check(child, path + "/" + child.getDirName());
        }
    }

    /** By names and not by what a path leads to: CRIU compares texts, so that a cgroup must have one name alone. */
    private static void checkPath(String path) throws ImageException {
        if (path.indexOf('\0') >= 0 || path.indexOf(UNREADABLE) >= 0) {
            throw new ImageException(IMAGE + " names no cgroup");
        }
        if (bytes(path) > PATH_BYTES_MAX) {
            throw new ImageException(IMAGE + " names a cgroup in more than " + PATH_BYTES_MAX + " bytes");
        }
        boolean top = path.isEmpty() || path.equals("/");
        for (String name : top ? List.<String>of() : names(path)) {
            if (name.equals("..")) {
                throw new ImageException(IMAGE + " names a cgroup that leads elsewhere");
            }
            if (name.isEmpty() || name.equals(".")) {
                throw new ImageException(IMAGE + " names a cgroup by more than its name");
            }
        }
    }

    private static List<String> names(String path) {
        return List.of(path.substring(path.startsWith("/") ? 1 : 0).split("/", -1));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
