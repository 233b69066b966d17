package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jmigrate.cli.inspect.MatchReport;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.DecryptionFlags;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.option.Numbers;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.cli.report.ExitCodes;
import io.jmigrate.criu.inspect.CheckpointImages;
import io.jmigrate.criu.inspect.MemorySource;
import io.jmigrate.criu.memory.search.Match;
import io.jmigrate.criu.memory.search.MemorySearch;
import io.jmigrate.criu.memory.search.Needle;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FailureCode;
import io.jmigrate.runtime.json.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Looks for something in the memory of a checkpoint. */
public final class MemorySearchVerb implements Verb {
    private static final int MATCHES_MAX = 10_000;

    private final List<Needle> needles = new ArrayList<>();
    private OptionalInt pid = OptionalInt.empty();
    private Format format = Format.TEXT;
    private final DecryptionFlags decryption = new DecryptionFlags();
    private Path checkpoint = Path.of("");
    private long count;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                        this,
                        "search",
                        "Look for a text, for bytes or for a regular expression in the memory that a checkpoint holds.",
                        "It prints process, address, mapping and what stands around each match, " + MATCHES_MAX
                                + " at most. The exit code is grep(1)'s: 0 if there are any, 1 if there are none, 2 if the checkpoint"
                                + " can't be read.")
                .option("--text", "TEXT", "A text, in UTF-8.", Needle::text, needles::add)
                .option("--hex", "DIGITS", "Bytes in hexadecimal digits.", Needle::hex, needles::add)
                .option(
                        "--regex",
                        "EXPRESSION",
                        "A regular expression in RE2's syntax; up to 4096 bytes of a match are shown.",
                        Needle::regex,
                        needles::add)
                .option(
                        "--pid",
                        "N",
                        "Only in the memory of this process.",
                        word -> Numbers.between(word, 1, Integer.MAX_VALUE),
                        value -> pid = OptionalInt.of(value))
                .option("-f, --format", "FORMAT", "text (default) or json.", Format::ofText, value -> format = value);
        return decryption
                .declare(verb)
                .argument("CHECKPOINT", OpenedCheckpoint.DESCRIPTION, Path::of, value -> checkpoint = value)
                .examples(
                        "$ jmigrate memory search --text secret web1.tar.zst",
                        "$ jmigrate memory search --pid 1 --regex 'user=[a-z]+' --format json /var/tmp/web1");
    }

    @Override
    public int run(Session session) {
        if (needles.size() != 1) {
            throw Failure.of(OptionCode.USAGE, "memory search: give one of --text, --hex and --regex");
        }
        MemorySource source = OpenedCheckpoint.at(session, checkpoint, decryption);
        CheckpointImages images = CheckpointImages.of(source);
        pid.ifPresent(process -> OneProcess.require(images, process));
        ArrayNode matches = JsonNodeFactory.instance.arrayNode();
        long absent = MemorySearch.run(source, images, needles.getFirst(), pid, match -> show(session, match, matches));
        if (format == Format.JSON) {
            session.out().print(Printable.json(matches));
        }
        remarks(session, absent);
        return (count > 0 ? ExitCode.SUCCESS : ExitCode.FAILED).status();
    }

    private void show(Session session, Match match, ArrayNode matches) {
        if (++count > MATCHES_MAX) {
            return;
        }
        if (format == Format.JSON) {
            matches.add(MatchReport.fields(match));
        } else {
            session.out().println(MatchReport.line(match));
        }
    }

    private void remarks(Session session, long absent) {
        if (count > MATCHES_MAX) {
            session.log().warning((count - MATCHES_MAX) + " more matches are not shown");
        }
        if (absent > 0) {
            session.log().warning(absent + " pages were not searched: their contents are not in the images");
        }
    }

    /** 1 says that nothing was found. */
    @Override
    public ExitCode exitCode(FailureCode code) {
        return ExitCodes.of(code, ExitCode.USAGE);
    }
}
