package io.jmigrate.cli.option;

import io.jmigrate.criu.request.DumpTerms;
import io.jmigrate.criu.request.PageServerAddress;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a dump's memory goes, and how much of it. */
public final class DumpTermFlags {
    private DumpTerms terms = DumpTerms.NONE;
    private Optional<Path> parent = Optional.empty();
    private boolean preDump;

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.option(
                        "--page-server",
                        "ADDRESS:PORT",
                        "Send memory to a `criu page-server` of CRIU 4.2 or newer and not to DIR; with --lazy-pages: where it can be fetched.",
                        PageServerAddress::parse,
                        value -> terms = terms.withPageServer(value))
                .flag(
                        "--pre-dump",
                        "Save memory alone and let the container go on; takes a kernel with soft-dirty bits.",
                        value -> preDump = value)
                .option(
                        "--parent-path",
                        "DIR",
                        "An earlier dump, relative to the image directory: save only memory that has changed since (soft-dirty).",
                        Path::of,
                        value -> parent = Optional.of(value))
                .option(
                        "--timeout",
                        "SECONDS",
                        "End CRIU if it takes so long to stop the processes (default: 10), or is as long without a sign of life (600); with"
                                + " --lazy-pages also if for so long no memory is fetched (default: wait).",
                        Numbers::seconds,
                        value -> terms = terms.withTimeout(value))
                .flag(
                        "--auto-dedup",
                        "Take out of the earlier dump what is saved anew (soft-dirty).",
                        value -> terms = terms.withAutoDedup(value));
    }

    /** Whether memory alone is wanted. */
    public boolean isPreDump() {
        return preDump;
    }

    /** Whether memory goes to, or is fetched at, an address. */
    boolean hasPageServer() {
        return terms.pageServer().isPresent();
    }

    /** Whether something is left out, or taken out, that an earlier dump has. */
    boolean isIncremental() {
        return parent.isPresent() || terms.autoDedup();
    }

    /**
     * What was given.
     *
     * @param images the image directory, absolute; absent if everything goes to one file
     * @throws Failure USAGE if it does not fit
     */
    public DumpTerms terms(Optional<Path> images) {
        if (images.isEmpty()) {
            needingDirectory().stream().findFirst().ifPresent(DumpTermFlags::refuseInFile);
        }
        parent.ifPresent(directory -> images.ifPresent(path -> checkParent(path, directory)));
        return parent.map(terms::withParent).orElse(terms);
    }

    private List<String> needingDirectory() {
        return List.of(
                        terms.pageServer().map(_ -> "--page-server"),
                        parent.map(_ -> "--parent-path"),
                        Optional.of("--pre-dump").filter(_ -> preDump))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static void refuseInFile(String option) {
        throw Failure.of(
                OptionCode.USAGE,
                "checkpoint: --export and " + option + " exclude each other: one file holds all or nothing");
    }

    /** As runc has it: the link to the parent must hold wherever the two directories are moved together. */
    private static void checkParent(Path images, Path parent) {
        if (parent.isAbsolute()) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "checkpoint: --parent-path must be relative to the image directory, is " + parent);
        }
        Path found = images.resolve(parent);
        if (!Files.isDirectory(found)) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: --parent-path: there is no directory " + found);
        }
    }
}
