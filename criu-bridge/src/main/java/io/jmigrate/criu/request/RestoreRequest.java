package io.jmigrate.criu.request;

import io.jmigrate.pages.PageStore;
import io.jmigrate.runtime.console.Console;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.StandardStreams;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A container to restore from an image directory.
 *
 * @param container must be free below the runtime root
 * @param bundle whose config.json says how the container was made and where its root file system is now
 * @param imageDirectory what a dump wrote: images and descriptors.json
 * @param workDirectory where the log and the statistics go; absent: the image directory
 * @param options what becomes of its connections, as at the dump
 * @param terms what is other than at the dump
 * @param streams take the place of the pipes, files or /dev/null that were the standard streams at the dump
 * @param console gets the master of the tree's terminal, if the config asks for one
 * @param memory when it comes
 * @param pages where memory is that comes while the tree runs; absent: the image directory
 * @param pidFile where the root's pid is written when the restore is complete
 */
public record RestoreRequest(
        ContainerId container,
        Path bundle,
        Path imageDirectory,
        Optional<Path> workDirectory,
        TreeOptions options,
        RestoreTerms terms,
        StandardStreams streams,
        Console console,
        MemoryMode memory,
        Optional<PageStore> pages,
        Optional<Path> pidFile)
        implements TreeRestoration {
    public RestoreRequest {
        Objects.requireNonNull(container);
        Objects.requireNonNull(bundle);
        Objects.requireNonNull(imageDirectory);
        Objects.requireNonNull(workDirectory);
        Objects.requireNonNull(options);
        Objects.requireNonNull(terms);
        Objects.requireNonNull(streams);
        Objects.requireNonNull(console);
        Objects.requireNonNull(memory);
        Objects.requireNonNull(pages);
        Objects.requireNonNull(pidFile);
    }

    /** A restore of a tree without a terminal, whose memory is there before it runs. */
    public static RestoreRequest of(ContainerId container, Path bundle, Path imageDirectory, StandardStreams streams) {
        return new RestoreRequest(
                container,
                bundle,
                imageDirectory,
                Optional.empty(),
                TreeOptions.NONE,
                RestoreTerms.NONE,
                streams,
                Console.none(),
                MemoryMode.EAGER,
                Optional.empty(),
                Optional.empty());
    }

    public RestoreRequest withWorkDirectory(Path directory) {
        return new RestoreRequest(
                container,
                bundle,
                imageDirectory,
                Optional.of(directory),
                options,
                terms,
                streams,
                console,
                memory,
                pages,
                pidFile);
    }

    public RestoreRequest withOptions(TreeOptions wanted) {
        return new RestoreRequest(
                container,
                bundle,
                imageDirectory,
                workDirectory,
                wanted,
                terms,
                streams,
                console,
                memory,
                pages,
                pidFile);
    }

    public RestoreRequest withTerms(RestoreTerms wanted) {
        return new RestoreRequest(
                container,
                bundle,
                imageDirectory,
                workDirectory,
                options,
                wanted,
                streams,
                console,
                memory,
                pages,
                pidFile);
    }

    public RestoreRequest withMemory(MemoryMode wanted) {
        return new RestoreRequest(
                container,
                bundle,
                imageDirectory,
                workDirectory,
                options,
                terms,
                streams,
                console,
                wanted,
                pages,
                pidFile);
    }

    /** @param wanted closed when the restore has ended, however that was */
    public RestoreRequest withPages(PageStore wanted) {
        return new RestoreRequest(
                container,
                bundle,
                imageDirectory,
                workDirectory,
                options,
                terms,
                streams,
                console,
                memory,
                Optional.of(wanted),
                pidFile);
    }
}
