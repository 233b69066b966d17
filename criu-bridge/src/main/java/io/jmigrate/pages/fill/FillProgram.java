package io.jmigrate.pages.fill;

import io.jmigrate.pages.LaterFile;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.StoredRun;
import io.jmigrate.pages.WipedRange;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.Launch;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.launch.Launcher;
import io.jmigrate.runtime.linux.Fd;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program that brings memory.
 *
 * @param program {@code jmigrate-fill}
 * @param workDirectory CRIU's, where the two meet
 * @param cgroupFiles the container's cgroup.procs files: guards that the program makes itself later join them
 * @param wiped what forked children don't get
 */
public record FillProgram(
        Launcher launcher, Path program, Path workDirectory, List<Path> cgroupFiles, List<WipedRange> wiped) {
    public FillProgram {
        cgroupFiles = List.copyOf(cgroupFiles);
        wiped = List.copyOf(wiped);
    }

    /**
     * @param sockets what it is joined to this process by
     * @param files where the memory is, if it is in files
     * @param later the file among them whose pages come later
     * @throws Failure PAGES_IO
     */
    Child start(FillSockets sockets, Optional<List<StoredRun>> files, Optional<LaterFile> later) {
        try (Fd table = WipedTable.of(wiped)) {
            return files.map(runs -> start(sockets, runs, later, table))
                    .orElseGet(() -> launch(Launch.of(program).withDescriptors(sockets.theirs(table))));
        }
    }

    private Child start(FillSockets sockets, List<StoredRun> files, Optional<LaterFile> later, Fd table) {
        String kind = later.isPresent() ? "later" : "files";
        String[] words = Stream.concat(Stream.of(kind), cgroupFiles.stream().map(Path::toString))
                .toArray(String[]::new);
        try (FilledFiles filled = FilledFiles.of(files, later)) {
            return launch(Launch.of(program, words).withDescriptors(sockets.theirs(table, filled)));
        }
    }

    private Child launch(Launch launch) {
        try {
            return launcher.launch(launch.withCwd(workDirectory).inNewSession());
        } catch (LaunchException e) {
            throw Failure.of(PageCode.PAGES_IO, "cannot execute " + program + ": " + e.getMessage())
                    .withCause(e);
        }
    }
}
