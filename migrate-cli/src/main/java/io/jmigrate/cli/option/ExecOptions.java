package io.jmigrate.cli.option;

import io.jmigrate.runtime.config.Capabilities;
import io.jmigrate.runtime.config.SecurityLabels;
import io.jmigrate.runtime.container.ExecProcess;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What exec executes, and how: runc's options. */
public final class ExecOptions {
    private static final int PRESERVED_MAX = 64;
    private static final long ID_MAX = 0xffff_fffeL;

    private final ConsoleOption console = new ConsoleOption();
    private final List<String> command = new ArrayList<>();
    private final List<String> env = new ArrayList<>();
    private final List<Long> additionalGids = new ArrayList<>();
    private final List<String> subCgroups = new ArrayList<>();
    private final List<String> capabilities = new ArrayList<>();
    private Optional<String> cwd = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<Path> process = Optional.empty();
    private Optional<Path> pidFile = Optional.empty();
    private Optional<Path> pidfdSocket = Optional.empty();
    private Optional<String> appArmor = Optional.empty();
    private Optional<String> seLinux = Optional.empty();
    private boolean detach;
    private boolean ignorePaused;
    private boolean tty;
    private boolean noNewPrivileges;
    private int preserved;

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        declareProcess(verb);
        declareLabels(verb);
        verb.flag("-d, --detach", "Return when the command is executed.", value -> detach = value)
                .option("--pid-file", "FILE", "Write its pid to FILE.", Path::of, value -> pidFile = Optional.of(value))
                .option(
                        "--preserve-fds",
                        "N",
                        "Hand N descriptors from 3 on to it.",
                        text -> Numbers.between(text, 0, PRESERVED_MAX),
                        value -> preserved = value);
        verb.option(
                "--pidfd-socket",
                "SOCKET",
                "Send a descriptor of it (pidfd_open(2)) to this Unix socket.",
                Path::of,
                value -> pidfdSocket = Optional.of(value));
        console.declare(verb);
        verb.repeated(
                        "--cgroup",
                        "[CONTROLLER:]CGROUP",
                        "Join this existing cgroup below the container's.",
                        text -> text,
                        subCgroups::add)
                .flag(
                        "--ignore-paused",
                        "Execute it in a paused container too, where it waits.",
                        value -> ignorePaused = value);
        return verb;
    }

    private void declareLabels(Declaration verb) {
        verb.option(
                        "--apparmor",
                        "PROFILE",
                        "Its AppArmor profile.",
                        text -> text,
                        value -> appArmor = Optional.of(value))
                .option(
                        "--process-label",
                        "LABEL",
                        "Its SELinux label.",
                        text -> text,
                        value -> seLinux = Optional.of(value));
    }

    private void declareProcess(Declaration verb) {
        verb.repeated("-e, --env", "NAME=VALUE", "Set a variable.", ExecOptions::variable, env::add)
                .option("--cwd", "DIR", "Working directory in the container.", text -> text, v -> cwd = Optional.of(v))
                .option(
                        "-u, --user",
                        "UID[:GID]",
                        "User and group, in numbers.",
                        ExecOptions::user,
                        value -> user = Optional.of(value))
                .repeated("-g, --additional-gids", "GID", "One more group.", ExecOptions::gid, additionalGids::add)
                .repeated(
                        "-c, --cap",
                        "CAPABILITY",
                        "One more capability: CAP_NET_RAW.",
                        ExecOptions::capability,
                        capabilities::add)
                .flag("-t, --tty", "Give it a terminal of its own.", value -> tty = value)
                .flag("--no-new-privs", "Never gain privileges by execve.", value -> noNewPrivileges = value)
                .option(
                        "-p, --process",
                        "FILE",
                        "Take all of it from a process.json instead.",
                        Path::of,
                        value -> process = Optional.of(value));
    }

    private static String variable(String text) {
        if (text.indexOf('=') > 0) {
            return text;
        }
        throw new IllegalArgumentException("\"" + text + "\" is not NAME=VALUE");
    }

    private static String user(String text) {
        String[] ids = text.split(":", -1);
        if (ids.length <= 2 && Stream.of(ids).allMatch(ExecOptions::isId)) {
            return text;
        }
        throw new IllegalArgumentException("\"" + text + "\" is not UID or UID:GID, in numbers");
    }

    private static long gid(String text) {
        if (isId(text)) {
            return Long.parseLong(text);
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a group id");
    }

    private static boolean isId(String digits) {
        return digits.matches("\\d{1,10}") && Long.parseLong(digits) <= ID_MAX;
    }

    private static String capability(String name) {
        return Capabilities.named(name)
                .map(Enum::name)
                .orElseThrow(() -> new IllegalArgumentException("there is no capability \"" + name + "\""));
    }

    /** Takes one word of the command. */
    public void command(String word) {
        command.add(word);
    }

    public ConsoleOption console() {
        return console;
    }

    public Optional<Path> pidFile() {
        return pidFile;
    }

    public Optional<Path> pidfdSocket() {
        return pidfdSocket;
    }

    public List<String> subCgroups() {
        return subCgroups;
    }

    public boolean ignorePaused() {
        return ignorePaused;
    }

    public boolean detach() {
        return detach;
    }

    /**
     * What to execute.
     *
     * @param resolve finds a path as the caller meant it
     * @throws Failure USAGE if there is no command
     */
    public ExecProcess process(UnaryOperator<Path> resolve) {
        if (process.isPresent()) {
            return new ExecProcess.Described(resolve.apply(process.get()));
        }
        if (command.isEmpty()) {
            throw Failure.of(OptionCode.USAGE, "exec: a command is missing, and --process was not given");
        }
        return new ExecProcess.Like(
                command,
                env,
                cwd,
                user,
                additionalGids,
                capabilities,
                tty,
                noNewPrivileges,
                new SecurityLabels(appArmor, seLinux));
    }

    /** How many descriptors from 3 on are handed on. */
    public int preserved() {
        return preserved;
    }
}
