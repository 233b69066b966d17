package io.jmigrate.criu.configfile;

import io.jmigrate.criu.configfile.OptionVerdict.Added;
import io.jmigrate.criu.configfile.OptionVerdict.Idle;
import io.jmigrate.criu.configfile.OptionVerdict.Overrides;
import io.jmigrate.criu.configfile.OptionVerdict.Refused;
import io.jmigrate.criu.request.TreeOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What becomes of each option that CRIU 4.2 reads in a file (criu/config.c, parse_options). A pure table. */
final class OptionVerdicts {
    private static final OptionVerdict ADDED = new Added();
    private static final OptionVerdict SAME = new Idle("it is asked for anyway");
    private static final OptionVerdict AT_A_RESTORE = new Idle("it is for restores alone");
    private static final OptionVerdict AT_A_DUMP = new Idle("it is for dumps alone");

    /** Those that neither the act nor its request changes. */
    private static final Map<String, OptionVerdict> FIXED = fixed();

    private OptionVerdicts() {}

    /**
     * Judges an option.
     *
     * @param restore whether it is for a restore, and not for a dump
     * @param request what is asked of CRIU about connections and cgroups
     */
    static OptionVerdict of(ConfigOption option, boolean restore, TreeOptions request) {
        return switch (option.name()) {
            case "tcp-close" ->
                request.tcpClose()
                        ? SAME
                        : new Refused(
                                "connections that the command keeps would be closed: say --tcp-close to the command");
            case "no-tcp-close", "tcp-established" ->
                request.tcpClose() ? new Refused("the command is told to close connections, with --tcp-close") : SAME;
            case "skip-in-flight" ->
                request.tcpSkipInFlight() ? SAME : new Overrides("connections that nobody has accepted are left out");
            case "ext-unix-sk" ->
                !restore || request.externalUnixSockets()
                        ? SAME
                        : new Overrides("sockets that send to the host's are kept");
            case "manage-cgroups" ->
                new Overrides(
                        "cgroups are treated in the mode " + option.value().orElse("soft"));
            case "mntns-compat-mode" -> restore ? ADDED : AT_A_RESTORE;
            case "lsm-mount-context" -> restore ? new Overrides("mounts get another label") : AT_A_RESTORE;
            case "evasive-devices", "no-evasive-devices" -> restore ? AT_A_DUMP : ADDED;
            case "lsm-profile" -> restore ? new Overrides("processes get another label") : AT_A_RESTORE;
            case "ghost-limit" ->
                restore ? AT_A_DUMP : new Overrides("the limit of deleted files that are open is no longer 256 MiB");
            case "weak-sysctls" -> restore ? ADDED : AT_A_RESTORE;
            default ->
                FIXED.getOrDefault(
                        option.name(),
                        new Refused("CRIU 4.2 has no such option for files, or its whole name is longer"));
        };
    }

    private static Map<String, OptionVerdict> fixed() {
        Map<String, OptionVerdict> verdicts = new HashMap<>();
        added(verdicts);
        same(verdicts);
        overriding(verdicts);
        places(verdicts);
        fate(verdicts);
        memory(verdicts);
        return Map.copyOf(verdicts);
    }

    private static void put(Map<String, OptionVerdict> verdicts, OptionVerdict verdict, String... names) {
        List.of(names).forEach(name -> verdicts.put(name, verdict));
    }

    private static void added(Map<String, OptionVerdict> verdicts) {
        put(verdicts, ADDED, "skip-file-rwx-check", "force-irmap", "irmap-scan-path", "enable-fs", "cpu-cap", "libdir");
        put(verdicts, ADDED, "file-validation", "ghost-fiemap", "allow-uprobes", "deprecated", "display-stats");
        put(verdicts, ADDED, "cgroup-props", "cgroup-props-file", "cgroup-dump-controller", "veth-pair");
        put(verdicts, ADDED, "external", "ext-mount-map", "enable-external-sharing", "enable-external-masters");
    }

    private static void same(Map<String, OptionVerdict> verdicts) {
        put(verdicts, SAME, "link-remap", "file-locks", "shell-job", "no-skip-in-flight");
        put(verdicts, new Idle("the command's own level counts"), "verbosity", "v");
        put(verdicts, new Idle("it is for `criu check`"), "extra", "experimental", "all", "feature");
    }

    private static void overriding(Map<String, OptionVerdict> verdicts) {
        put(verdicts, new Overrides("the time that CRIU has to stop the processes"), "timeout");
        put(verdicts, new Overrides("mounts are left out"), "skip-mnt");
        put(verdicts, new Overrides("open files without a name are not kept"), "no-link-remap");
        put(verdicts, new Overrides("file locks are not kept"), "no-file-locks");
        put(verdicts, new Overrides("a job of a shell is not taken for one"), "no-shell-job");
        put(verdicts, new Overrides("TCP connections are not kept"), "no-tcp-established");
    }

    private static void places(Map<String, OptionVerdict> verdicts) {
        put(
                verdicts,
                new Refused("images and logs are looked for where the command puts them"),
                "images-dir",
                "work-dir");
        put(verdicts, new Refused("the log tells why CRIU fails, and is read where the command puts it"), "log-file");
        put(verdicts, new Refused("the log tells why CRIU fails, and is read where the command puts it"), "log-pid");
        put(verdicts, new Refused("the tree and its place are the container's"), "tree", "root", "join-ns", "empty-ns");
        put(
                verdicts,
                new Refused("the container's cgroup is the runtime's"),
                "cgroup-root",
                "freeze-cgroup",
                "cgroup-yard");
        put(
                verdicts,
                new Refused("descriptors have other numbers in CRIU's process"),
                "inherit-fd",
                "close",
                "status-fd");
        put(verdicts, new Refused("an interrupted dump could not be undone"), "network-lock");
    }

    private static void fate(Map<String, OptionVerdict> verdicts) {
        put(verdicts, new Refused("what becomes of the container is decided by the command"), "leave-running");
        put(verdicts, new Refused("what becomes of the container is decided by the command"), "leave-stopped");
        put(
                verdicts,
                new Refused("CRIU can't have scripts together with notifications; config.json has hooks"),
                "action-script");
        Refused child = new Refused("a restored container is a child of who restores it");
        put(verdicts, child, "restore-detached", "no-restore-detached", "restore-sibling", "no-restore-sibling");
        put(verdicts, child, "daemon", "no-daemon", "exec-cmd", "pidfile");
        put(verdicts, new Refused("CRIU works with all of root's rights"), "unprivileged");
    }

    private static void memory(Map<String, OptionVerdict> verdicts) {
        Refused memory = new Refused("where memory goes and comes from is said to the command");
        put(
                verdicts,
                memory,
                "page-server",
                "address",
                "port",
                "ps-socket",
                "lazy-pages",
                "prev-images-dir",
                "track-mem");
        put(verdicts, memory, "auto-dedup", "stream", "pre-dump-mode");
        put(verdicts, memory, "tls", "tls-cacert", "tls-cacrl", "tls-cert", "tls-key", "tls-no-cn-verify");
    }
}
