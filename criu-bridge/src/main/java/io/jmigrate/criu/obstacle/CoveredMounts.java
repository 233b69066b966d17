package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.OpenFile;
import io.jmigrate.runtime.linux.MountInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks of files on mounts that other mounts cover: their paths lead to something else (criu/mount.c, mnt_is_overmounted). */
final class CoveredMounts {
    private CoveredMounts() {}

    static Stream<String> files(ContainerView view) {
        Set<Integer> covered = of(view.mounts());
        return covered.isEmpty()
                ? Stream.empty()
                : view.processes().stream().flatMap(process -> Stream.of(
                                opened(process, covered), mapped(process, covered), places(process, covered))
                        .flatMap(found -> found)
                        .map(found -> found + ", on a mount that another one covers"));
    }

    private static Stream<String> opened(TreeProcess process, Set<Integer> covered) {
        return process.files().stream()
                .filter(file -> covered.contains(file.mountId()) && isFile(file))
                .map(file -> process.inSentence() + " holds " + file.target() + " (descriptor " + file.number() + ")");
    }

    private static boolean isFile(OpenFile file) {
        return file.target().startsWith("/") && !file.isCharacterDevice() && !FileChecks.isNameless(file);
    }

    private static Stream<String> mapped(TreeProcess process, Set<Integer> covered) {
        return process.parts().mappings().stream()
                .filter(mapping -> covered.contains((int) mapping.file().mountId()))
                .map(mapping -> process.inSentence() + " has " + mapping.target() + " in its memory (mmap(2))");
    }

    private static Stream<String> places(TreeProcess process, Set<Integer> covered) {
        return process.parts().places().stream()
                .filter(place -> covered.contains((int) place.file().mountId()))
                .map(place -> "the " + place.title() + " of " + process.inSentence() + " is " + place.target());
    }

    /** The ids of the mounts that can't be seen. */
    static Set<Integer> of(List<MountInfo> mounts) {
        Map<Integer, MountInfo> byId =
                mounts.stream().collect(Collectors.toMap(MountInfo::id, Function.identity(), (one, _) -> one));
        Map<Integer, List<MountInfo>> children = mounts.stream().collect(Collectors.groupingBy(MountInfo::parentId));
        return mounts.stream()
                .filter(mount -> children.getOrDefault(mount.id(), List.of()).stream()
                                .anyMatch(child -> child.mountPoint().equals(mount.mountPoint()))
                        || Stream.iterate(Optional.of(mount), Optional::isPresent, at -> parent(at.get(), byId))
                                .flatMap(Optional::stream)
                                .anyMatch(at -> byId.containsKey(at.parentId())
                                        && children.get(at.parentId()).stream().anyMatch(other -> covers(other, at))))
                .map(MountInfo::id)
                .collect(Collectors.toSet());
    }

    private static Optional<MountInfo> parent(MountInfo mount, Map<Integer, MountInfo> byId) {
        return Optional.ofNullable(byId.get(mount.parentId())).filter(parent -> parent.id() != mount.id());
    }

    private static boolean covers(MountInfo other, MountInfo mount) {
        return other.id() != mount.id() && Path.of(mount.mountPoint()).startsWith(other.mountPoint());
    }
}
