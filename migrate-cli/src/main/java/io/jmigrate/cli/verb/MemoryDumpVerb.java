package io.jmigrate.cli.verb;

import io.jmigrate.cli.option.AddressRange;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.DecryptionFlags;
import io.jmigrate.cli.option.Numbers;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.inspect.CheckpointImages;
import io.jmigrate.criu.inspect.ImagedMapping;
import io.jmigrate.criu.inspect.MappingKind;
import io.jmigrate.criu.inspect.MemorySource;
import io.jmigrate.criu.memory.AddressBook;
import io.jmigrate.criu.memory.MemoryPass;
import io.jmigrate.criu.memory.search.MemoryPiece;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.json.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a piece of a process's memory in a checkpoint as it is. */
public final class MemoryDumpVerb implements Verb {
    private static final int LISTED_MAX = 20;

    private int pid;
    private Optional<AddressRange> range = Optional.empty();
    private Optional<String> name = Optional.empty();
    private Optional<Path> output = Optional.empty();
    private final DecryptionFlags decryption = new DecryptionFlags();
    private Path checkpoint = Path.of("");

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                        this,
                        "dump",
                        "Write a piece of a process's memory in a checkpoint to a file, byte by byte.",
                        "Zeros stand for pages that are not in the images, and a message says how many these are.")
                .option(
                        "--pid",
                        "N",
                        "The process.",
                        word -> Numbers.between(word, 1, Integer.MAX_VALUE),
                        value -> pid = value)
                .option(
                        "--address",
                        "RANGE",
                        "START-END or START+LENGTH, in hexadecimal digits.",
                        AddressRange::of,
                        value -> range = Optional.of(value))
                .option(
                        "--mapping",
                        "NAME",
                        "The mapping of this name, as /proc/PID/maps has it: [heap], /usr/lib/libc.so.6.",
                        word -> word,
                        value -> name = Optional.of(value))
                .option(
                        "-o, --output",
                        "FILE",
                        "Where to write it: a new file, which only its owner may read, or - for standard output.",
                        Path::of,
                        value -> output = Optional.of(value));
        return decryption
                .declare(verb)
                .argument("CHECKPOINT", OpenedCheckpoint.DESCRIPTION, Path::of, value -> checkpoint = value)
                .examples(
                        "$ jmigrate memory dump --pid 1 --mapping '[heap]' -o heap.bin web1.tar.zst",
                        "$ jmigrate memory dump --pid 1 --address 7ffd1000+20 -o - web1.tar.zst | od -c");
    }

    @Override
    public int run(Session session) {
        Path file = output.orElseThrow(() -> usage("name a file with -o, or - for standard output"));
        if (pid == 0 || range.isPresent() == name.isPresent()) {
            throw usage("give --pid, and either --address or --mapping");
        }
        boolean stream = file.equals(TextFile.STANDARD_OUTPUT);
        if (stream && session.invocation().streams().outIsTerminal()) {
            throw usage("-o -: standard output is a terminal");
        }
        Path target = session.resolve(file);
        if (!stream) {
            TextFile.requireAbsent(target);
        }
        MemorySource source = OpenedCheckpoint.at(session, checkpoint, decryption);
        CheckpointImages images = CheckpointImages.of(source);
        OneProcess.require(images, pid);
        List<ImagedMapping> mappings = images.mappings().stream()
                .filter(mapping -> mapping.pid() == pid)
                .toList();
        AddressRange piece = range.orElseGet(() -> named(mappings));
        ImagedMapping first = holding(mappings, piece);
        try (MemoryOutput out = stream ? MemoryOutput.to(session.out()) : MemoryOutput.toFile(target)) {
            MemoryPiece.Taken taken = MemoryPiece.run(source, first, piece.start(), piece.end(), out);
            out.complete();
            remark(session, piece, taken);
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot write " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
        return ExitCode.SUCCESS.status();
    }

    private static Failure usage(String what) {
        return Failure.of(OptionCode.USAGE, "memory dump: " + what);
    }

    private static void remark(Session session, AddressRange piece, MemoryPiece.Taken taken) {
        long pages = Math.ceilDiv(piece.end(), MemoryPass.PAGE_BYTES) - piece.start() / MemoryPass.PAGE_BYTES;
        if (taken.pages() < pages) {
            session.log()
                    .warning((pages - taken.pages()) + " of " + pages
                            + " pages are not in the images: zeros stand for them");
        }
    }

    private AddressRange named(List<ImagedMapping> mappings) {
        String wanted = name.orElseThrow();
        List<ImagedMapping> found = mappings.stream()
                .filter(mapping -> mapping.name().equals(wanted) && mapping.bytes() > 0)
                .toList();
        if (found.size() != 1) {
            String which =
                    found.stream().limit(LISTED_MAX).map(ImagedMapping::range).collect(Collectors.joining(", "));
            throw usage("process " + pid + " has "
                    + (found.isEmpty()
                            ? "no mapping called " + Printable.text(wanted)
                            : found.size() + " mappings of that name, choose by --address: " + which));
        }
        return new AddressRange(found.getFirst().start(), found.getFirst().end());
    }

    /** The mapping of the first byte; the others have to be mapped too, shared memory by the same mapping. */
    private ImagedMapping holding(List<ImagedMapping> mappings, AddressRange piece) {
        AddressBook book = new AddressBook(mappings);
        ImagedMapping first = mapped(book, piece.start());
        for (ImagedMapping at = first; at.end() < piece.end(); ) {
            ImagedMapping next = mapped(book, at.end());
            if (at.kind() == MappingKind.SHARED_ANONYMOUS || next.kind() == MappingKind.SHARED_ANONYMOUS) {
                throw usage("the range goes beyond the shared memory at " + at.range() + ": take it piece by piece");
            }
            at = next;
        }
        return first;
    }

    private ImagedMapping mapped(AddressBook book, long address) {
        return book.ofProcess(pid, address)
                .orElseThrow(() ->
                        usage("nothing is mapped at address " + Long.toHexString(address) + " in process " + pid));
    }
}
