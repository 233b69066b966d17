package io.jmigrate.cli.verb;

import io.jmigrate.cli.inspect.DifferenceReport;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.DecryptionFlags;
import io.jmigrate.cli.option.Format;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.cli.report.ExitCodes;
import io.jmigrate.criu.diff.CheckpointDifference;
import io.jmigrate.runtime.failure.FailureCode;
import java.nio.file.Path;

/** Compares two checkpoints. */
public final class DiffVerb implements Verb {
    private final DecryptionFlags decryption = new DecryptionFlags();
    private Path before = Path.of("");
    private Path after = Path.of("");
    private Format format = Format.TEXT;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                        this,
                        "diff",
                        "Tell what is different in a checkpoint from an earlier one: processes, files, sockets, mounts, mappings and"
                                + " pages of memory by their contents.",
                        "The exit code is diff(1)'s: 0 if there is no difference, 1 if there is, 2 if one of the two can't be read.")
                .option("-f, --format", "FORMAT", "text (default) or json.", Format::ofText, value -> format = value);
        return decryption
                .declare(verb)
                .argument("BEFORE", OpenedCheckpoint.DESCRIPTION, Path::of, value -> before = value)
                .argument("AFTER", "The same of the later one.", Path::of, value -> after = value)
                .examples(
                        "$ jmigrate diff monday.tar.zst tuesday.tar.zst",
                        "$ jmigrate diff --format json /var/tmp/web1 web1.tar.zst");
    }

    @Override
    public int run(Session session) {
        CheckpointDifference difference = CheckpointDifference.between(side(session, before), side(session, after));
        DifferenceReport report = new DifferenceReport(difference);
        if (format == Format.JSON) {
            session.out().print(report.json());
        } else {
            report.lines().forEach(session.out()::println);
        }
        if (difference.absentPages() > 0) {
            session.log()
                    .warning(difference.absentPages()
                            + " pages could not be compared: their contents are not in the images");
        }
        return difference.none() ? ExitCode.SUCCESS.status() : ExitCode.FAILED.status();
    }

    private CheckpointDifference.Side side(Session session, Path path) {
        return CheckpointDifference.Side.of(OpenedCheckpoint.at(session, path, decryption));
    }

    /** 1 says that there is a difference. */
    @Override
    public ExitCode exitCode(FailureCode code) {
        return ExitCodes.of(code, ExitCode.USAGE);
    }
}
