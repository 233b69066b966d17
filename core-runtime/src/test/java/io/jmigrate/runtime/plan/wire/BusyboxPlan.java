package io.jmigrate.runtime.plan.wire;

import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Propagation;
import io.jmigrate.runtime.plan.Plan;
import io.jmigrate.runtime.plan.step.BindRoot;
import io.jmigrate.runtime.plan.step.Capabilities;
import io.jmigrate.runtime.plan.step.ChangeDirectory;
import io.jmigrate.runtime.plan.step.Clone;
import io.jmigrate.runtime.plan.step.Execute;
import io.jmigrate.runtime.plan.step.FindExecutable;
import io.jmigrate.runtime.plan.step.Hostname;
import io.jmigrate.runtime.plan.step.IdMapping;
import io.jmigrate.runtime.plan.step.LoopbackUp;
import io.jmigrate.runtime.plan.step.MakeNode;
import io.jmigrate.runtime.plan.step.MaskPath;
import io.jmigrate.runtime.plan.step.Mount;
import io.jmigrate.runtime.plan.step.NewSession;
import io.jmigrate.runtime.plan.step.NoNewPrivs;
import io.jmigrate.runtime.plan.step.NodeType;
import io.jmigrate.runtime.plan.step.PivotRoot;
import io.jmigrate.runtime.plan.step.ReadonlyPath;
import io.jmigrate.runtime.plan.step.Ready;
import io.jmigrate.runtime.plan.step.RootPropagation;
import io.jmigrate.runtime.plan.step.SetUser;
import io.jmigrate.runtime.plan.step.Step;
import io.jmigrate.runtime.plan.step.Symlink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans for containers of one static busybox, written by hand. */
final class BusyboxPlan {
    static final Set<NamespaceKind> KINDS = EnumSet.of(
            NamespaceKind.PID, NamespaceKind.MOUNT, NamespaceKind.UTS, NamespaceKind.IPC, NamespaceKind.NETWORK);
    static final List<String> ENV = List.of("PATH=/bin", "HOME=/");

    private BusyboxPlan() {}

    /** A root filesystem with /bin/busybox and its most common names. */
    static Path rootfs(Path parent) throws IOException {
        Path rootfs = parent.resolve("rootfs");
        Files.createDirectories(rootfs.resolve("bin"));
        Files.createDirectories(rootfs.resolve("tmp"));
        Files.copy(Path.of("/bin/busybox").toRealPath(), rootfs.resolve("bin/busybox"));
        rootfs.resolve("bin/busybox").toFile().setExecutable(true, false);
        for (String name : List.of("sh", "ls", "cat", "id", "hostname", "grep", "sleep", "echo", "mount", "tr", "wc")) {
            Files.createSymbolicLink(rootfs.resolve("bin/" + name), Path.of("busybox"));
        }
        return rootfs;
    }

    static Mount mount(String fstype, String target, MountFlag... flags) {
        return new Mount(fstype, target, fstype, Set.of(flags), Optional.empty(), "", Mount.Target.DIRECTORY);
    }

    static Clone cloneStep(boolean user) {
        if (!user) {
            return Clone.of(KINDS);
        }
        Set<NamespaceKind> kinds = EnumSet.copyOf(KINDS);
        kinds.add(NamespaceKind.USER);
        List<IdMapping> map = List.of(new IdMapping(0, 100_000, 65_536));
        return new Clone(kinds, map, map, false, false, false);
    }

    static List<Step> begin(Path rootfs, boolean user) {
        return List.of(
                cloneStep(user),
                new NewSession(),
                new RootPropagation(Propagation.RSLAVE),
                new BindRoot(rootfs),
                new Hostname("inside"),
                new LoopbackUp());
    }

    static List<Step> mounts() {
        return List.of(
                mount("proc", "/proc"),
                new Mount(
                        "tmpfs",
                        "/dev",
                        "tmpfs",
                        Set.of(MountFlag.NO_SUID),
                        Optional.empty(),
                        "mode=755",
                        Mount.Target.DIRECTORY),
                new MakeNode("/dev/null", NodeType.CHARACTER, 1, 3, 0666, 0, 0),
                new Symlink("/dev/fd", "/proc/self/fd"),
                mount("tmpfs", "/a/deep/target"),
                new Mount(
                        "/etc/passwd",
                        "/etc/passwd",
                        "",
                        Set.of(MountFlag.BIND, MountFlag.READ_ONLY),
                        Optional.of(Propagation.PRIVATE),
                        "",
                        Mount.Target.FILE));
    }

    static List<Step> end(SetUser user, List<String> argv, int preserved) {
        return List.of(
                user,
                new Capabilities(0x21, 0x21, 0, 0x21, 0),
                new NoNewPrivs(),
                new ChangeDirectory("/tmp"),
                new FindExecutable(argv.getFirst(), "/bin"),
                new Ready(),
                new Execute(argv, ENV, preserved));
    }

    /** A whole container that runs a script. */
    static Plan shell(Path rootfs, boolean user, String script) {
        return container(rootfs, user, List.of("sh", "-c", script));
    }

    static Plan container(Path rootfs, boolean user, List<String> argv) {
        List<Step> steps = new ArrayList<>(begin(rootfs, user));
        steps.addAll(mounts());
        steps.add(new PivotRoot());
        steps.add(new MaskPath("/proc/version"));
        steps.add(new MaskPath("/proc/tty"));
        steps.add(new MaskPath("/proc/no-such-file"));
        steps.add(new ReadonlyPath("/proc/sys"));
        steps.addAll(end(new SetUser(0, 0, List.of()), argv, 0));
        return Plan.of(steps);
    }
}
