package io.jmigrate.cli.verb;

import io.jmigrate.archive.MemberContent;
import io.jmigrate.archive.Volume;
import io.jmigrate.archive.rootfs.RootfsBase;
import io.jmigrate.archive.rootfs.RootfsDifference;
import io.jmigrate.archive.rootfs.TakenFiles;
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
 * Files that go along with a checkpoint, as they are while its container is frozen. Of one that ends they are read when the archive's turn
 * for them comes, as it stays frozen until that is complete. Of one that goes on they are put into files first, for it goes on before.
 *
 * @param changed of the root filesystem
 * @param volumes tars of directories outside of it, by the name of the member
 */
record FrozenFiles(Optional<TakenFiles> changed, SortedMap<String, MemberContent> volumes) {
    /** Nothing, or nothing yet. */
    static final FrozenFiles NONE = new FrozenFiles(Optional.empty(), Collections.emptySortedMap());

    /**
     * Reads them when the time has come.
     *
     * @param base none if changes of the root filesystem don't go along
     * @param directories outside of the root filesystem, by the name of the member
     * @param work for files
     * @param goesOn whether the container changes its files before the archive is written
     */
    record Reader(
            Path rootfs, Optional<RootfsBase> base, SortedMap<String, Path> directories, Path work, boolean goesOn) {
        FrozenFiles read() {
            Optional<TakenFiles> changed = base.map(this::changed);
            SortedMap<String, MemberContent> volumes = new TreeMap<>();
            directories.forEach((member, directory) -> volumes.put(member, volume(member, directory)));
            return new FrozenFiles(changed, Collections.unmodifiableSortedMap(volumes));
        }

        private TakenFiles changed(RootfsBase known) {
            return goesOn
                    ? RootfsDifference.inFile(rootfs, known, work)
                    : RootfsDifference.inPlace(rootfs, known, work);
        }

        private MemberContent volume(String member, Path directory) {
            return goesOn
                    ? RootfsDifference.wholeInFile(directory, work.resolve(member.replace('/', '-')))
                    : RootfsDifference.wholeInPlace(directory);
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
