package io.jmigrate.cli.command;

import io.jmigrate.cli.invocation.Invocation;
import io.jmigrate.cli.option.GlobalOptions;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.report.CommandLog;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.cli.report.ExitCodes;
import io.jmigrate.cli.verb.Session;
import io.jmigrate.cli.verb.Verb;
import io.jmigrate.cli.verb.VersionVerb;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.linux.LinuxException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs one command: parses its words, runs its verb, reports its failure. */
public final class Program {
    private final Invocation invocation;
    private final Consumer<CommandLog> known;
    private final GlobalOptions global = new GlobalOptions();
    private Optional<Verb> verb = Optional.empty();

    private Program(Invocation invocation, Consumer<CommandLog> known) {
        this.invocation = invocation;
        this.known = known;
    }

    /** Runs the command to its end and returns the exit status. Throws nothing: every failure is reported to the caller. */
    public static int run(Invocation invocation) {
        return run(invocation, _ -> {});
    }

    /** The same. @param known told of the command's log as soon as the command line is understood */
    public static int run(Invocation invocation, Consumer<CommandLog> known) {
        return new Program(invocation, known).run();
    }

    private int run() {
        int status = reported();
        boolean lost = invocation.streams().out().checkError();
        if (lost && status == ExitCode.SUCCESS.status()) {
            status = report(Failure.of(RuntimeCode.IO, "standard output does not take what is to be printed"));
        }
        invocation.streams().err().flush();
        return status;
    }

    private int reported() {
        try {
            return parseAndRun();
        } catch (ParameterException e) {
            return report(UsageFailure.of(e));
        } catch (Failure e) {
            return report(e);
        } catch (LaunchException | LinuxException | UncheckedIOException e) {
            return report(Failure.of(RuntimeCode.IO, e.getMessage()).withCause(e));
        } catch (RuntimeException | Error e) {
            return report(Defect.of(e));
        }
    }

    private int parseAndRun() {
        CommandLine grammar = Grammar.parsing(invocation.arguments(), global);
        ParseResult parsed = grammar.parseArgs(SingleDash.doubled(invocation.arguments(), grammar.getCommandSpec())
                .toArray(String[]::new));
        ParseResult last = lastOf(parsed);
        if (last.isUsageHelpRequested()) {
            return help(last);
        }
        Session session = new Session(invocation, global);
        known.accept(session.log());
        if (last.isVersionHelpRequested()) {
            return new VersionVerb().run(session);
        }
        if (last.commandSpec().userObject() instanceof Verb called) {
            verb = Optional.of(called);
            return called.run(session);
        }
        throw Failure.of(OptionCode.USAGE, UsageFailure.missingCommand(last.commandSpec()));
    }

    private static ParseResult lastOf(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last;
    }

    private int help(ParseResult parsed) {
        Ansi ansi = coloured() ? Ansi.ON : Ansi.OFF;
        parsed.commandSpec().commandLine().usage(invocation.streams().out(), ansi);
        return ExitCode.SUCCESS.status();
    }

    private boolean coloured() {
        return invocation.streams().outIsTerminal()
                && invocation.variable("NO_COLOR").isEmpty();
    }

    private int report(Failure failure) {
        log().error(failure, global.debug());
        return verb.map(called -> called.exitCode(failure.code()))
                .orElseGet(() -> ExitCodes.of(failure.code()))
                .status();
    }

    private CommandLog log() {
        return new Session(invocation, global).log();
    }
}
