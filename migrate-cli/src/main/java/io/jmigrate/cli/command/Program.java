package io.jmigrate.cli.command;

import io.jmigrate.cli.invocation.Invocation;
import io.jmigrate.cli.option.GlobalOptions;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.option.Rootless;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.cli.report.ExitCodes;
import io.jmigrate.cli.report.FailureReport;
import io.jmigrate.cli.report.RuntimeLog;
import io.jmigrate.cli.verb.Session;
import io.jmigrate.cli.verb.Verb;
import io.jmigrate.cli.verb.VersionVerb;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.launch.LaunchException;
import io.jmigrate.runtime.linux.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs one command: parses its words, runs its verb, reports its failure. */
public final class Program {
    private final Invocation invocation;
    private final GlobalOptions global = new GlobalOptions();
    private Optional<Verb> verb = Optional.empty();

    private Program(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Runs the command to its end and returns the exit status. Throws nothing: every failure is reported to the caller. */
    public static int run(Invocation invocation) {
        return new Program(invocation).run();
    }

    private int run() {
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
        } finally {
            invocation.streams().out().flush();
            invocation.streams().err().flush();
        }
    }

    private int parseAndRun() {
        CommandLine grammar = Grammar.parsing(invocation.arguments(), global);
        ParseResult parsed = grammar.parseArgs(invocation.arguments().toArray(String[]::new));
        ParseResult last = lastOf(parsed);
        if (last.isUsageHelpRequested()) {
            return help(last);
        }
        Session session = new Session(invocation, global);
        if (last.isVersionHelpRequested()) {
            return new VersionVerb().run(session);
        }
        refuseUnsupported();
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

    private void refuseUnsupported() {
        if (global.systemdCgroup()) {
            throw Failure.of(
                    OptionCode.OPTION_UNSUPPORTED, "--systemd-cgroup is not supported: cgroups are made directly");
        }
        if (global.rootless() == Rootless.TRUE) {
            throw Failure.of(OptionCode.OPTION_UNSUPPORTED, "--rootless true is not supported: containers need root");
        }
    }

    private int report(Failure failure) {
        FailureReport.lines(failure, global.debug())
                .forEach(invocation.streams().err()::println);
        writeLog(failure);
        return verb.map(called -> called.exitCode(failure.code()))
                .orElseGet(() -> ExitCodes.of(failure.code()))
                .status();
    }

    private void writeLog(Failure failure) {
        Optional<RuntimeLog> log =
                global.log().map(file -> new RuntimeLog(invocation.resolve(file), global.logFormat()));
        if (log.isEmpty()) {
            return;
        }
        try {
            log.get().error(FailureReport.message(failure));
        } catch (IOException e) {
            invocation
                    .streams()
                    .err()
                    .println("jmigrate: cannot write the log " + log.get().file() + ": " + e.getMessage());
        }
    }
}
