package io.jmigrate.criu;

import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.job.Job;
import io.jmigrate.criu.job.JobFile;
import io.jmigrate.criu.mapping.DumpMapping;
import io.jmigrate.criu.obstacle.DumpAllowance;
import io.jmigrate.criu.obstacle.Obstacles;
import io.jmigrate.criu.rpc.Enclosure;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A job to dump. It shares its cgroups with others, who are not to be frozen with it: CRIU alone stops it, process by process.
 *
 * @param job which may be dumped
 * @param caller pid of a process in the network of the CRIU that the launcher starts
 * @param locking told of the run of a CRIU that is about to lock its connections
 */
record JobTarget(Job job, int caller, Consumer<String> locking) implements DumpTarget {
    @Override
    public String inSentence() {
        return job.inSentence();
    }

    @Override
    public String fate() {
        return "it runs on";
    }

    @Override
    public ProcessRef root() {
        return job.root();
    }

    @Override
    public int pidForCriu() {
        return job.pidWithin().orElse(root().pid());
    }

    /** In the pid namespace of a job CRIU sees what it saw when it restored it, and writes the same again. */
    @Override
    public Enclosure enclosure(DumpMapping mapping) {
        return job.pidWithin().isPresent() ? Enclosure.pidsOf(root().pid()) : DumpTarget.super.enclosure(mapping);
    }

    @Override
    public Optional<Path> rootfs() {
        return Optional.empty();
    }

    @Override
    public boolean moves() {
        return true;
    }

    @Override
    public View glance(DumpAllowance allowance) {
        DumpMapping mapping = DumpMapping.ofJob(root().pid(), network());
        return new View(mapping, Obstacles.examineJob(job.members(), mapping, root().pid(), allowance));
    }

    /** Its own, if it isn't the caller's: to CRIU it is none of the job's then. */
    private Optional<Path> network() {
        int pid = root().pid();
        return Namespaces.inode(pid, NamespaceKind.NETWORK) == Namespaces.inode(caller, NamespaceKind.NETWORK)
                ? Optional.empty()
                : Optional.of(Namespaces.path(pid, NamespaceKind.NETWORK));
    }

    @Override
    public Optional<Path> freezer() {
        return Optional.empty();
    }

    @Override
    public void describe(Path imageDirectory, DumpMapping mapping, List<FileEntry> files) {
        DumpTarget.super.describe(imageDirectory, mapping, files);
        JobFile.of(job, Instant.now()).write(imageDirectory);
    }

    @Override
    public Standstill standstill(Path log) {
        return new JobStandstill(job, locking, log);
    }

    @Override
    public boolean isNetworkLockedByCriu() {
        return true;
    }

    @Override
    public boolean tellsCgroups() {
        return false;
    }
}
