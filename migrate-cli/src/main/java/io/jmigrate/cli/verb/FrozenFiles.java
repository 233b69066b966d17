package io.jmigrate.cli.verb;

import io.jmigrate.archive.Volume;
import io.jmigrate.archive.rootfs.ChangedFiles;
import io.jmigrate.archive.rootfs.RootfsBase;
import io.jmigrate.archive.rootfs.RootfsDifference;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.spec.BindMounts;
import io.jmigrate.runtime.spec.Spec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files that go along with a checkpoint, read while its container is frozen.
 *
 * @param changed of the root filesystem
 * @param volumes tars of directories outside of it, by the name of the member
 */
record FrozenFiles(Optional<ChangedFiles> changed, SortedMap<String, Path> volumes) {
    /** Nothing, or nothing yet. */
    static final FrozenFiles NONE = new FrozenFiles(Optional.empty(), Collections.emptySortedMap());

    /**
     * Reads them when the time has come.
     *
     * @param base none if changes of the root filesystem don't go along
     * @param directories outside of the root filesystem, by the name of the member
     * @param work for the files
     */
    record Reader(Path rootfs, Optional<RootfsBase> base, SortedMap<String, Path> directories, Path work) {
        FrozenFiles read() {
            Optional<ChangedFiles> changed = base.map(known -> RootfsDifference.write(rootfs, known, work));
            SortedMap<String, Path> volumes = new TreeMap<>();
            directories.forEach((member, directory) -> {
                Path tar = work.resolve(member.replace('/', '-'));
                RootfsDifference.writeWhole(directory, tar);
                volumes.put(member, tar);
            });
            return new FrozenFiles(changed, Collections.unmodifiableSortedMap(volumes));
        }
    }

    /**
     * Where the volumes of a container are on this host, by the name of the member.
     *
     * @throws Failure USAGE if something else is mounted there than a directory of the host
     */
    static SortedMap<String, Path> directories(List<Volume> volumes, ContainerRecord container, Spec spec) {
        SortedMap<String, Path> directories = new TreeMap<>();
        for (Volume volume : volumes) {
            Path directory = BindMounts.source(spec, container.bundle(), volume.destination())
                    .filter(Files::isDirectory)
                    .orElseThrow(() -> Failure.of(
                            OptionCode.USAGE,
                            "checkpoint: --volume: no directory of the host is mounted at " + volume.destination()
                                    + " in " + container.id().inSentence()));
            directories.put(volume.member(), directory);
        }
        return directories;
    }
}
