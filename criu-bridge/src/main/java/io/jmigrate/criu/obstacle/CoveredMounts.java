package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.OpenFile;
import io.jmigrate.runtime.config.ContainerPath;
import io.jmigrate.runtime.linux.MountInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks of files on mounts that other mounts cover: their paths lead to something else (criu/mount.c, mnt_is_overmounted). */
final class CoveredMounts {
    private final Map<Integer, MountInfo> byId;
    private final Map<Integer, List<MountInfo>> byParent;
    private final Map<Integer, Boolean> known = new HashMap<>();

    /** Of a mount namespace. Only those that are asked about are judged: there may be thousands, and few that processes use. */
    CoveredMounts(List<MountInfo> mounts) {
        byId = mounts.stream().collect(Collectors.toMap(MountInfo::id, Function.identity(), (one, _) -> one));
        byParent = mounts.stream()
                .filter(mount -> mount.id() != mount.parentId()) // as the kernel's first one is
                .collect(Collectors.groupingBy(MountInfo::parentId));
    }

    static Stream<String> files(ContainerView view) {
        CoveredMounts covered = new CoveredMounts(view.mounts());
        return view.processes().stream()
                .flatMap(process -> Stream.of(
                                opened(process, covered), mapped(process, covered), places(process, covered))
                        .flatMap(found -> found))
                .map(found -> found + ", on a mount that another one covers");
    }

    private static Stream<String> opened(TreeProcess process, CoveredMounts covered) {
        return process.files().stream()
                .filter(file -> covered.contains(file.mountId()) && isFile(file))
                .map(file -> process.inSentence() + " holds " + file.target() + " (descriptor " + file.number() + ")");
    }

    private static boolean isFile(OpenFile file) {
        return file.target().startsWith("/") && !file.isCharacterDevice() && !FileChecks.isNameless(file);
    }

    private static Stream<String> mapped(TreeProcess process, CoveredMounts covered) {
        return process.parts().mappings().stream()
                .filter(mapping -> covered.contains((int) mapping.file().mountId()))
                .map(mapping -> process.inSentence() + " has " + mapping.target() + " in its memory (mmap(2))");
    }

    private static Stream<String> places(TreeProcess process, CoveredMounts covered) {
        return process.parts().places().stream()
                .filter(place -> covered.contains((int) place.file().mountId()))
                .map(place -> "the " + place.title() + " of " + process.inSentence() + " is " + place.target());
    }

    /** Whether a mount can't be seen. @param id may be that of a mount elsewhere, which is not judged */
    boolean contains(int id) {
        Boolean before = known.get(id);
        boolean covered = before == null ? judge(id) : before;
        known.put(id, covered);
        return covered;
    }

    private boolean judge(int id) {
        MountInfo mount = byId.get(id);
        return mount != null
                && (children(id).anyMatch(child -> child.mountPoint().equals(mount.mountPoint())) || isBelow(mount));
    }

    /** Whether it, or one that it is on, is below another one on the same. */
    private boolean isBelow(MountInfo mount) {
        return Stream.iterate(Optional.of(mount), Optional::isPresent, at -> at.flatMap(this::parent))
                .flatMap(Optional::stream)
                .limit(byId.size()) // a list that was read while it changed may go in circles
                .anyMatch(at -> parent(at).stream()
                        .flatMap(parent -> children(parent.id()))
                        .anyMatch(other ->
                                other.id() != at.id() && ContainerPath.isWithin(at.mountPoint(), other.mountPoint())));
    }

    private Stream<MountInfo> children(int id) {
        return byParent.getOrDefault(id, List.of()).stream();
    }

    private Optional<MountInfo> parent(MountInfo mount) {
        return Optional.ofNullable(byId.get(mount.parentId())).filter(parent -> parent.id() != mount.id());
    }
}
