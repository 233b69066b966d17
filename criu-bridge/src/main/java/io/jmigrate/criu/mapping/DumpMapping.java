package io.jmigrate.criu.mapping;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a dump has to be told of a running container.
 *
 * @param criuNetwork the network namespace that CRIU has to be started in, if not the launcher's
 * @param emptyNetwork whether the network namespace is dumped without what is in it
 * @param rulesNetwork whether the restored tree will have rights over its network namespace
 * @param externals for criu(8)'s {@code --external}
 * @param targets what the links of descriptors 0 to 2 say, by number, but for closed ones
 * @param streams those of them that lead out of the container
 * @param hostFiles standard streams of a container that are files of the host, or /dev/null and its kin there
 * @param mounts what is mounted in it from outside
 */
public record DumpMapping(
        Optional<Path> criuNetwork,
        boolean emptyNetwork,
        boolean rulesNetwork,
        List<String> externals,
        Map<Integer, String> targets,
        List<HostStream> streams,
        List<OpenFile> hostFiles,
        List<ExternalMount> mounts) {
    private static final List<Integer> STREAM_NUMBERS = List.of(0, 1, 2);

    public DumpMapping {
        Objects.requireNonNull(criuNetwork);
        externals = List.copyOf(externals);
        targets = Map.copyOf(targets);
        streams = List.copyOf(streams);
        hostFiles = List.copyOf(hostFiles);
        mounts = List.copyOf(mounts);
    }

    /**
     * Looks at a running container.
     *
     * @param pid of its first process
     * @throws Failure FEATURE_MISSING if it has something that can't be mapped, DUMP_FAILED if it is gone
     */
    public static DumpMapping of(ContainerRecord record, Config config, int pid) {
        try {
            List<MountInfo> containerMounts = MountInfo.ofProcess(pid);
            Set<Integer> mountIds = containerMounts.stream().map(MountInfo::id).collect(Collectors.toSet());
            List<OpenFile> open = openStreams(pid);
            List<HostStream> streams = open.stream()
                    .flatMap(file -> file.asStream(mountIds).stream())
                    .toList();
            ExternalMounts mounts = new ExternalMounts(
                    config, record.cgroup(), MountInfo.ofSelf(), new RootLinks(record.rootfs())::resolve);
            return new DumpMapping(
                    criuNetwork(config, record.networkNamespace()),
                    config.namespaces().belongsToNewUser(NamespaceKind.NETWORK),
                    !ExternalNamespaces.isSharedWithCriu(config),
                    externals(mounts, config, pid, containerMounts, streams),
                    targets(open),
                    streams,
                    open.stream().filter(file -> file.isOfHost(mountIds)).toList(),
                    mounts.all());
        } catch (IOException e) {
            throw unseen(pid, e);
        }
    }

    /**
     * Looks at a running job. Files of the host are its own; what leads out of it are pipes and terminals.
     *
     * @param pid of its first process
     * @param criuNetwork where CRIU has to be started, so that the network is none of the job's own
     * @throws Failure DUMP_FAILED if it is gone
     */
    public static DumpMapping ofJob(int pid, Optional<Path> criuNetwork) {
        try {
            List<OpenFile> open = openStreams(pid);
            List<HostStream> streams =
                    open.stream().flatMap(file -> file.asOuterStream().stream()).toList();
            return new DumpMapping(
                    criuNetwork, false, true, declared(streams), targets(open), streams, List.of(), List.of());
        } catch (IOException e) {
            throw unseen(pid, e);
        }
    }

    /** The same, but for what is in the mounts at these places: they are as those from outside. */
    public DumpMapping without(Set<String> mountPoints) {
        List<String> more = new ArrayList<>(externals);
        mountPoints.forEach(point -> more.add(new ExternalMount(point, point, Path.of(point)).forDump()));
        return new DumpMapping(criuNetwork, emptyNetwork, rulesNetwork, more, targets, streams, hostFiles, mounts);
    }

    private static Map<Integer, String> targets(List<OpenFile> open) {
        return open.stream().collect(Collectors.toMap(OpenFile::number, OpenFile::target));
    }

    private static Failure unseen(int pid, IOException e) {
        return Failure.of(CriuCode.DUMP_FAILED, "cannot look at process " + pid + ": " + IoReason.of(e))
                .withCause(e);
    }

    /** Keys of the streams that a dump has to be told of. */
    private static List<String> declared(List<HostStream> streams) {
        return streams.stream()
                .filter(HostStream::isDeclared)
                .map(HostStream::key)
                .distinct()
                .toList();
    }

    static Optional<Path> criuNetwork(Config config, Optional<Path> networkNamespace) {
        return networkNamespace.filter(_ -> ExternalNamespaces.isSharedWithCriu(config));
    }

    private static List<String> externals(
            ExternalMounts mounts, Config config, int pid, List<MountInfo> containerMounts, List<HostStream> streams) {
        List<String> externals = new ArrayList<>();
        mounts.all().forEach(mount -> externals.add(mount.forDump()));
        mounts.masks(containerMounts).forEach(mount -> externals.add(mount.forDump()));
        for (NamespaceKind kind : ExternalNamespaces.kinds(config)) {
            externals.add(ExternalNamespaces.forDump(kind, Namespaces.inode(pid, kind)));
        }
        externals.addAll(declared(streams));
        return externals;
    }

    private static List<OpenFile> openStreams(int pid) throws IOException {
        List<OpenFile> open = new ArrayList<>();
        for (int number : STREAM_NUMBERS) {
            OpenFile.read(pid, number).ifPresent(open::add);
        }
        return open;
    }

    /**
     * Finishes the images of a dump, so that a restore can give other streams in place of the host's.
     *
     * @param imageDirectory with all that CRIU has to say of open files
     * @return entries of files.img as they are then
     * @throws Failure DUMP_FAILED
     */
    public List<FileEntry> finish(Path imageDirectory) {
        CgroupImages.thaw(imageDirectory);
        StreamImages.General images = StreamImages.generalise(imageDirectory, streams, mounts);
        try {
            DescriptorsFile.write(imageDirectory, images.hosts(), targets);
            return images.files();
        } catch (IOException e) {
            throw Failure.of(CriuCode.DUMP_FAILED, "cannot write the list of standard streams: " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
