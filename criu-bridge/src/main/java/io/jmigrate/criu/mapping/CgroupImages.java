package io.jmigrate.criu.mapping;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.image.entry.CgroupNode;
import io.jmigrate.criu.image.entry.CgroupProperty;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What images say of cgroups. */
public final class CgroupImages {
    /** The image. */
    public static final String FILE = "cgroup.img";

    /** The files that freeze a cgroup, of version 1 and 2 (criu/cgroup-props.c), with what they say of one that runs. */
    private static final Map<String, String> RUNNING = Map.of("freezer.state", "THAWED", "cgroup.freeze", "0");

    private CgroupImages() {}

    /**
     * Whether they say where in the cgroups the tree was, as opposed to those of a dump that was told to ignore cgroups: that has a
     * list of controllers without a directory in any (criu/cgroup.c, collect_cgroups).
     *
     * @throws Failure IMAGES_INVALID
     */
    public static boolean tellPlaces(Path imageDirectory) {
        return read(imageDirectory).getControllersList().stream().anyMatch(controller -> controller.getDirsCount() > 0);
    }

    /**
     * Whether one of them says that it was frozen. CRIU is in the container's cgroup when it restores such a state: it would freeze
     * itself.
     *
     * @throws Failure IMAGES_INVALID
     */
    public static boolean tellOfFrozen(Path imageDirectory) {
        return isFrozen(read(imageDirectory));
    }

    private static boolean isFrozen(CgroupEntry all) {
        return all.getControllersList().stream()
                .flatMap(controller -> controller.getDirsList().stream())
                .anyMatch(CgroupImages::isFrozen);
    }

    private static boolean isFrozen(CgroupNode node) {
        return node.getPropertiesList().stream().anyMatch(property -> !property.equals(running(property)))
                || node.getChildrenList().stream().anyMatch(CgroupImages::isFrozen);
    }

    /** All that they say; nothing if there is no such image. @throws Failure IMAGES_INVALID */
    public static CgroupEntry read(Path imageDirectory) {
        Path file = imageDirectory.resolve(FILE);
        if (Files.notExists(file)) {
            return CgroupEntry.getDefaultInstance();
        }
        try (ImageReader reader = ImageReader.open(file, ImageKind.CGROUP)) {
            return reader.one(CgroupEntry.parser());
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot read " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /**
     * Says of all that they run: it is the dump that has frozen them, and a restore in the mode {@code full} would do so again.
     *
     * @throws Failure DUMP_FAILED
     */
    static void thaw(Path imageDirectory) {
        CgroupEntry all = read(imageDirectory);
        CgroupEntry running = running(all);
        if (running.equals(all)) {
            return;
        }
        try {
            ImageFile.replace(imageDirectory.resolve(FILE), ImageKind.CGROUP, List.of(running));
        } catch (IOException e) {
            throw Failure.of(CriuCode.DUMP_FAILED, "cannot rewrite the image of the cgroups: " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** The same with all cgroups running: CRIU would wait for ever for what it has put into a frozen one. */
    public static CgroupEntry running(CgroupEntry all) {
        CgroupEntry.Builder running = all.toBuilder();
        running.getControllersBuilderList().forEach(hierarchy -> {
            List<CgroupNode> nodes =
                    hierarchy.getDirsList().stream().map(CgroupImages::running).toList();
            hierarchy.clearDirs().addAllDirs(nodes);
        });
        return running.build();
    }

    private static CgroupNode running(CgroupNode node) {
        return node.toBuilder()
                .clearProperties()
                .addAllProperties(node.getPropertiesList().stream()
                        .map(CgroupImages::running)
                        .toList())
                .clearChildren()
                .addAllChildren(node.getChildrenList().stream()
                        .map(CgroupImages::running)
                        .toList())
                .build();
    }

    private static CgroupProperty running(CgroupProperty property) {
        String value = RUNNING.get(property.getName());
        return value == null ? property : property.toBuilder().setValue(value).build();
    }
}
