package io.jmigrate.runtime.plan.wire;

import io.jmigrate.runtime.config.IoPriority;
import io.jmigrate.runtime.config.MemoryPolicy;
import io.jmigrate.runtime.config.Scheduler;
import io.jmigrate.runtime.config.TimeOffset;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Propagation;
import io.jmigrate.runtime.linux.RlimitResource;
import io.jmigrate.runtime.linux.SecurityModule;
import io.jmigrate.runtime.plan.step.AttachTree;
import io.jmigrate.runtime.plan.step.AwaitStart;
import io.jmigrate.runtime.plan.step.BindNode;
import io.jmigrate.runtime.plan.step.BindRoot;
import io.jmigrate.runtime.plan.step.Capabilities;
import io.jmigrate.runtime.plan.step.ChangeDirectory;
import io.jmigrate.runtime.plan.step.Clone;
import io.jmigrate.runtime.plan.step.Domainname;
import io.jmigrate.runtime.plan.step.ExecLabel;
import io.jmigrate.runtime.plan.step.Execute;
import io.jmigrate.runtime.plan.step.FindExecutable;
import io.jmigrate.runtime.plan.step.Hostname;
import io.jmigrate.runtime.plan.step.IdMapping;
import io.jmigrate.runtime.plan.step.JoinCgroup;
import io.jmigrate.runtime.plan.step.JoinKeyring;
import io.jmigrate.runtime.plan.step.JoinNamespace;
import io.jmigrate.runtime.plan.step.LoopbackUp;
import io.jmigrate.runtime.plan.step.MakeDirectory;
import io.jmigrate.runtime.plan.step.MakeNode;
import io.jmigrate.runtime.plan.step.MaskPath;
import io.jmigrate.runtime.plan.step.Mount;
import io.jmigrate.runtime.plan.step.MoveRoot;
import io.jmigrate.runtime.plan.step.NewSession;
import io.jmigrate.runtime.plan.step.NodeType;
import io.jmigrate.runtime.plan.step.OomScoreAdj;
import io.jmigrate.runtime.plan.step.OpenMappedTree;
import io.jmigrate.runtime.plan.step.OwnStreams;
import io.jmigrate.runtime.plan.step.PivotRoot;
import io.jmigrate.runtime.plan.step.ReadonlyPath;
import io.jmigrate.runtime.plan.step.ReconfigureMount;
import io.jmigrate.runtime.plan.step.Remount;
import io.jmigrate.runtime.plan.step.RemountRootReadonly;
import io.jmigrate.runtime.plan.step.Rlimit;
import io.jmigrate.runtime.plan.step.RootPropagation;
import io.jmigrate.runtime.plan.step.RootfsPropagation;
import io.jmigrate.runtime.plan.step.RunHook;
import io.jmigrate.runtime.plan.step.ScheduleProcess;
import io.jmigrate.runtime.plan.step.Seccomp;
import io.jmigrate.runtime.plan.step.SetCpuAffinity;
import io.jmigrate.runtime.plan.step.SetIoPriority;
import io.jmigrate.runtime.plan.step.SetMemoryPolicy;
import io.jmigrate.runtime.plan.step.SetMountAttributes;
import io.jmigrate.runtime.plan.step.SetPropagation;
import io.jmigrate.runtime.plan.step.SetUser;
import io.jmigrate.runtime.plan.step.Step;
import io.jmigrate.runtime.plan.step.Symlink;
import io.jmigrate.runtime.plan.step.Sysctl;
import io.jmigrate.runtime.plan.step.Terminal;
import io.jmigrate.runtime.plan.step.TimeNamespace;
import io.jmigrate.runtime.seccomp.FilterProgram;
import io.jmigrate.runtime.seccomp.SeccompAction;
import io.jmigrate.runtime.seccomp.SeccompFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A step that can't succeed where it is.
 *
 * @param subject what its failure has to name
 * @param before the steps that come first and succeed
 */
record FailingStep(Step step, String subject, List<Step> before) {
    private static final String NONE = "/no/such";
    private static final Path NO_PATH = Path.of(NONE);
    /** Below a file nothing can be made. */
    private static final String BELOW_A_FILE = "/bin/busybox/x";

    private static final Capabilities NO_RIGHTS = new Capabilities(0, 0, 0, 0, 0);
    private static final List<Step> INSIDE = List.of(BusyboxPlan.cloneStep(false));
    private static final List<Step> POWERLESS = List.of(BusyboxPlan.cloneStep(false), NO_RIGHTS);
    private static final List<Step> WITH_MOUNTS_OF_THE_HOST = List.of(Clone.of(Set.of(NamespaceKind.PID)));

    /** The failure of a hook has a sentence of its own. */
    boolean isToldByItsDescription() {
        return !(step instanceof RunHook);
    }

    private static FailingStep of(Step step, String subject, Step... before) {
        return new FailingStep(step, subject, List.of(before));
    }

    static List<FailingStep> all(Path rootfs) {
        List<FailingStep> all = new ArrayList<>(onTheHost());
        all.addAll(inNamespaces());
        all.addAll(ofTheProcess());
        List<Step> atRoot =
                List.of(BusyboxPlan.cloneStep(false), new RootPropagation(Propagation.RSLAVE), new BindRoot(rootfs));
        inRoot().forEach(failing -> all.add(new FailingStep(failing.step(), failing.subject(), atRoot)));
        return all;
    }

    private static List<FailingStep> onTheHost() {
        List<IdMapping> overlapping = List.of(new IdMapping(0, 1, 5), new IdMapping(2, 9, 5));
        Set<NamespaceKind> kinds = Set.of(NamespaceKind.USER);
        TimeOffset far = new TimeOffset(TimeOffset.Clock.MONOTONIC, Long.MAX_VALUE / 2, 0);
        return List.of(
                of(new JoinCgroup(NO_PATH.resolve("cgroup.procs")), NONE),
                of(new OomScoreAdj(5000), "5000"),
                of(new Rlimit(RlimitResource.NOFILE, 2, 1), "RLIMIT_NOFILE to 2:1"),
                of(new JoinNamespace(NO_PATH, NamespaceKind.NETWORK), NONE),
                of(new TimeNamespace(List.of(far)), "time namespace"),
                of(new OwnStreams(-1), "4294967295"),
                of(new OpenMappedTree(NONE, false, false, List.of(), List.of()), NONE),
                of(new SetCpuAffinity(List.of(1_000_000)), "1000000"),
                of(new Clone(kinds, overlapping, overlapping, false, false, false), "user"));
    }

    private static List<FailingStep> inNamespaces() {
        String tooLong = "x".repeat(65);
        return List.of(
                of(new NewSession(), "session", BusyboxPlan.cloneStep(false), new NewSession()),
                new FailingStep(new LoopbackUp(), "loopback", POWERLESS),
                new FailingStep(new Hostname(tooLong), tooLong, INSIDE),
                new FailingStep(new Domainname(tooLong), tooLong, INSIDE),
                new FailingStep(new Sysctl("kernel.no_such", "1"), "kernel.no_such=1", INSIDE),
                new FailingStep(new RootPropagation(Propagation.RSLAVE), "rslave", WITH_MOUNTS_OF_THE_HOST),
                new FailingStep(new RootfsPropagation(Propagation.RSLAVE), "rslave", WITH_MOUNTS_OF_THE_HOST),
                new FailingStep(new BindRoot(NO_PATH), NONE, INSIDE),
                new FailingStep(new PivotRoot(), "root", INSIDE),
                new FailingStep(new MoveRoot(), "root", INSIDE),
                new FailingStep(new RemountRootReadonly(), "root", WITH_MOUNTS_OF_THE_HOST),
                new FailingStep(new ReadonlyPath("/tmp"), "/tmp", WITH_MOUNTS_OF_THE_HOST),
                new FailingStep(new MaskPath("/tmp"), "/tmp", WITH_MOUNTS_OF_THE_HOST));
    }

    private static List<FailingStep> ofTheProcess() {
        SeccompFilter filter = new SeccompFilter(
                SeccompAction.ALLOW,
                0,
                FilterProgram.of(new byte[FilterProgram.INSTRUCTION_BYTES]),
                Set.of(),
                false,
                List.of());
        return List.of(
                of(new SetUser(70_000, 0, List.of()), "70000", BusyboxPlan.cloneStep(true)),
                new FailingStep(new Capabilities(1, 1, 0, 1, 0), "capabilities", POWERLESS),
                new FailingStep(new ChangeDirectory(NONE), NONE, INSIDE),
                new FailingStep(new FindExecutable("no-such", "/bin"), "no-such", INSIDE),
                new FailingStep(new Execute(List.of("no-such"), List.of(), 0), "no-such", INSIDE),
                new FailingStep(new AwaitStart(), "start", INSIDE),
                new FailingStep(new JoinKeyring("k".repeat(5000)), "kkk", INSIDE),
                new FailingStep(new ExecLabel(SecurityModule.SELINUX, "no-such"), "no-such", INSIDE),
                new FailingStep(
                        new ScheduleProcess(Scheduler.Policy.FIFO, 0, 1000, Set.of(), 0, 0, 0), "SCHED_FIFO", INSIDE),
                new FailingStep(new SetIoPriority(IoPriority.Class.RT, 0), "IOPRIO_CLASS_RT", POWERLESS),
                new FailingStep(new SetMemoryPolicy(MemoryPolicy.Mode.BIND, Set.of(), List.of(900)), "900", INSIDE),
                new FailingStep(new Seccomp(filter), "seccomp", INSIDE));
    }

    private static List<FailingStep> inRoot() {
        return List.of(
                of(
                        new Mount("none", "/tmp", "nosuchfs", Set.of(), Optional.empty(), "", Mount.Target.DIRECTORY),
                        "/tmp"),
                of(new AttachTree(0, "/tmp", Set.of(), Set.of(), Optional.empty(), Mount.Target.DIRECTORY), "/tmp"),
                of(new Remount(NONE, Set.of()), NONE),
                of(new ReconfigureMount(NONE, true, Set.of(), Set.of(), ""), NONE),
                of(new SetPropagation(NONE, Propagation.SHARED), NONE),
                of(new SetMountAttributes(NONE, Set.of(), Set.of()), NONE),
                of(new MakeNode(BELOW_A_FILE, NodeType.CHARACTER, 1, 3, 0666, 0, 0), BELOW_A_FILE),
                of(new BindNode(NO_PATH, "/tmp/x"), NONE),
                of(new Symlink(BELOW_A_FILE, "target"), BELOW_A_FILE),
                of(new MakeDirectory(BELOW_A_FILE, 0755), BELOW_A_FILE),
                of(new Terminal(0, 24, 80, false), "/dev/pts"),
                of(new RunHook(0, NO_PATH, List.of("hook"), List.of(), 0, Optional.empty(), "{", "}"), NONE));
    }
}
