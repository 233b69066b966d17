package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.cli.invocation.Invocation;
import io.jmigrate.cli.option.ConsoleOption;
import io.jmigrate.cli.option.CriuOption;
import io.jmigrate.cli.option.GlobalOptions;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.progress.Bar;
import io.jmigrate.cli.progress.ProgressDisplay;
import io.jmigrate.cli.progress.ProgressForm;
import io.jmigrate.cli.progress.Screen;
import io.jmigrate.cli.report.CommandLog;
import io.jmigrate.cli.report.Notices;
import io.jmigrate.cli.report.RuntimeLog;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.runtime.console.Console;
import io.jmigrate.runtime.console.ConsoleSocket;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.container.StandardStreams;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.json.JsonText;
import io.jmigrate.runtime.launch.HeirCommand;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.TerminalSize;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * What a verb runs with.
 *
 * @param invocation the command as it was given
 * @param global the options before the verb
 * @param notices what the person is told
 */
public record Session(Invocation invocation, GlobalOptions global, Notices notices) {
    /** Says everything on standard error, until something is drawn there. */
    public Session(Invocation invocation, GlobalOptions global) {
        this(invocation, global, new Notices(invocation.streams().err()));
    }

    /** Where results go. */
    public PrintStream out() {
        return invocation.streams().out();
    }

    /** Where messages and progress go. */
    public PrintStream err() {
        return invocation.streams().err();
    }

    /** Progress of long work, on a terminal. */
    Bar bar() {
        return new Bar(err(), invocation.streams().errIsTerminal());
    }

    /**
     * Shows migrations until it is closed; whatever else the command says meanwhile goes above them.
     *
     * @param together whether several are under way at the same time
     */
    ProgressDisplay show(ProgressForm form, boolean together) {
        ProgressDisplay display = form.on(screen(), together);
        notices.through(display::say);
        return display;
    }

    /** Drawn in place on a terminal that can do that, which TERM tells (term(7)). */
    private Screen screen() {
        boolean live = invocation.streams().errIsTerminal()
                && invocation
                        .variable("TERM")
                        .filter(kind -> !kind.equals("dumb"))
                        .isPresent();
        Fd terminal = invocation.descriptors().get(2);
        Optional<IntSupplier> columns = live ? Optional.of(() -> columns(terminal)) : Optional.empty();
        return new Screen(out(), err(), columns, invocation.variable("NO_COLOR").isEmpty());
    }

    /** A terminal that has hung up has none. */
    private static int columns(Fd terminal) {
        try {
            return TerminalSize.of(terminal).columns();
        } catch (LinuxException e) {
            return 0;
        }
    }

    /** What there is to say besides results. */
    public CommandLog log() {
        return new CommandLog(
                notices, global.log().map(file -> new RuntimeLog(invocation.resolve(file), global.logFormat())));
    }

    /** The path as the caller meant it. */
    public Path resolve(Path path) {
        return invocation.resolve(path);
    }

    /** The operations on containers below the runtime root. */
    public Containers containers() {
        Containers containers = Containers.at(
                        root(),
                        invocation.launcher(),
                        invocation.distribution().nativeDirectory(),
                        invocation.callerPid())
                .warning(log()::warning);
        Containers placed = global.systemdCgroup() ? amongUnits(containers) : containers;
        return switch (global.rootless()) {
            case AUTO -> placed;
            case TRUE -> placed.withCgroupOptional(true);
            case FALSE -> placed.withCgroupOptional(false);
        };
    }

    private static Containers amongUnits(Containers containers) {
        if (Processes.effectiveUid() != 0) {
            throw Failure.of(
                    RuntimeCode.PERMISSION,
                    "cannot have systemd make the cgroups of containers: the host's takes orders from root alone, and the user's"
                            + " is not asked");
        }
        return containers.amongSystemdUnits();
    }

    /**
     * Refuses a command that has processes dumped or restored, before it does anything.
     *
     * @param what to do, for example {@code checkpoint container "web"}
     * @throws Failure PERMISSION for an ordinary user
     */
    public void requireRoot(String what) {
        if (Processes.effectiveUid() != 0) {
            throw Failure.of(
                    RuntimeCode.PERMISSION, "cannot " + what + ": only root may have CRIU dump and restore processes");
        }
    }

    /**
     * The CRIU that the option names, or else the caller's environment, or the one of this host.
     *
     * @throws io.jmigrate.runtime.failure.Failure CRIU_MISSING
     */
    public CriuBinary criu(CriuOption option) {
        return option.program()
                .or(() -> invocation.variable(CriuBinary.VARIABLE).map(Path::of))
                .map(program -> CriuBinary.at(resolve(program)))
                .orElseGet(this::installedCriu);
    }

    private CriuBinary installedCriu() {
        List<String> searchPath =
                invocation.variable("PATH").map(path -> "PATH=" + path).stream().toList();
        return CriuBinary.find(searchPath, Optional.of(invocation.distribution().prefix()));
    }

    /** What is run in this command's place if it is killed. @param words on the same runtime root */
    public HeirCommand heir(String... words) {
        List<String> all = new ArrayList<>(List.of("--root", root().toString()));
        all.addAll(List.of(words));
        return new HeirCommand(
                invocation.distribution().front(),
                all,
                invocation.environment().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList(),
                Optional.ofNullable(invocation.descriptors().get(2)));
    }

    /** The caller's standard streams, for a container's process. */
    public StandardStreams containerStreams() {
        Map<Integer, Fd> descriptors = invocation.descriptors();
        return new StandardStreams(descriptors.get(0), descriptors.get(1), descriptors.get(2));
    }

    /**
     * Who gets the master of a process's terminal.
     *
     * @param foreground whether the command stays as long as the process
     * @throws Failure USAGE if both the caller's terminal and a socket would get it
     */
    public Console console(ConsoleOption option, boolean foreground) {
        if (foreground && option.socket().isPresent()) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "--console-socket: the terminal of a command in the foreground is the caller's; leave it out or --detach");
        }
        Console unattended = option.socket()
                .<Console>map(path -> new ConsoleSocket(resolve(path)))
                .orElseGet(Console::none);
        return foreground ? new ForegroundConsole(invocation.terminal()) : unattended;
    }

    /** Prints a JSON document with indentation. */
    public void print(JsonNode tree) {
        out().print(new String(JsonText.pretty(tree), StandardCharsets.UTF_8));
    }

    /** The runtime root, absolute. */
    public Path root() {
        return global.root()
                .or(() -> invocation.variable(GlobalOptions.ROOT_VARIABLE).map(Path::of))
                .map(this::resolve)
                .orElseGet(() -> UserDirectory.forContainers(invocation).of(invocation));
    }
}
