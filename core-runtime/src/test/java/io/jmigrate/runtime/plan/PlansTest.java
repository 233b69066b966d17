package io.jmigrate.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.config.CgroupMode;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.HostFacts;
import io.jmigrate.runtime.config.ProcessConfig;
import io.jmigrate.runtime.config.Rights;
import io.jmigrate.runtime.config.TerminalConfig;
import io.jmigrate.runtime.linux.Capability;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.plan.step.AwaitRuntime;
import io.jmigrate.runtime.plan.step.AwaitStart;
import io.jmigrate.runtime.plan.step.Clone;
import io.jmigrate.runtime.plan.step.Execute;
import io.jmigrate.runtime.plan.step.IdMapping;
import io.jmigrate.runtime.plan.step.JoinNamespace;
import io.jmigrate.runtime.plan.step.ListenPid;
import io.jmigrate.runtime.plan.step.NewSession;
import io.jmigrate.runtime.plan.step.OwnStreams;
import io.jmigrate.runtime.plan.step.PivotRoot;
import io.jmigrate.runtime.plan.step.Ready;
import io.jmigrate.runtime.plan.step.RunHook;
import io.jmigrate.runtime.plan.step.Step;
import io.jmigrate.runtime.plan.step.Terminal;
import io.jmigrate.runtime.seccomp.FilterProgram;
import io.jmigrate.runtime.seccomp.SeccompAction;
import io.jmigrate.runtime.seccomp.SeccompFilter;
import io.jmigrate.runtime.seccomp.SeccompFlag;
import io.jmigrate.runtime.spec.Bundles;
import io.jmigrate.runtime.spec.DefaultSpec;
import io.jmigrate.runtime.spec.Specs;
import io.jmigrate.runtime.validate.Configs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares plans with texts; after a wanted change, run with {@code -Djmigrate.golden.write=true} and read the difference. */
class PlansTest {
    private static final Path SYS = Path.of("/sys/fs/cgroup");
    private static final Rights ORDINARY = new Rights(1000, 1000, false, true);

    private static final HostFacts VERSION_1 = new HostFacts(
            CgroupMode.V1,
            List.of(
                    place("cpu,cpuacct", "cpu", "cpuacct"),
                    place("memory", "memory"),
                    place("systemd", "name=systemd")),
            40,
            -1,
            Optional.empty(),
            Rights.ROOT);
    private static final HostFacts VERSION_2 = new HostFacts(
            CgroupMode.V2,
            List.of(new CgroupPlace(List.of(), SYS, SYS.resolve("web"))),
            40,
            -1,
            Optional.empty(),
            Rights.ROOT);

    private static final SeccompFilter FILTER = new SeccompFilter(
            SeccompAction.ERRNO, 3, FilterProgram.of(new byte[16]), Set.of(SeccompFlag.LOG), false, List.of("nosuch"));

    @TempDir
    Path bundle;

    @BeforeEach
    void makeSources() throws IOException {
        Files.createDirectory(bundle.resolve("data"));
        Files.createFile(bundle.resolve("hosts"));
    }

    @Test
    void compilesTheDefaultSpecOnVersion1() {
        Config config = config(document -> {}).holding(NamespaceKind.NETWORK, Path.of("/run/jmigrate/web/netns"));

        assertPlan("default-v1", Plans.create(config, VERSION_1));
    }

    @Test
    void compilesTheDefaultSpecOnVersion2() {
        assertPlan("default-v2", Plans.create(config(document -> {}), VERSION_2));
    }

    @Test
    void entersTheUserNamespaceFirstForAnOrdinaryUser() {
        String json = new String(Specs.write(DefaultSpec.rootless(1000, 1000)), StandardCharsets.UTF_8);
        Config config = Configs.load(Bundles.withConfig(bundle, json));
        HostFacts host = new HostFacts(CgroupMode.V2, List.of(), 40, -1, Optional.empty(), ORDINARY);
        ProcessRef init = new ProcessRef(42, 1);

        assertThat(joined(Plans.exec(config, config.process(), init, host, Inheritance.PLAIN)))
                .startsWith(NamespaceKind.USER)
                .endsWith(NamespaceKind.MOUNT);
        assertThat(joined(Plans.exec(config, config.process(), init, VERSION_2, Inheritance.PLAIN)))
                .endsWith(NamespaceKind.MOUNT, NamespaceKind.USER);
    }

    @Test
    void leavesMapsOfOtherIdsThanTheUsersOwnToThePrograms() {
        List<IdMapping> own = List.of(new IdMapping(0, 1000, 1));
        List<IdMapping> more = List.of(new IdMapping(0, 1000, 1), new IdMapping(1, 100_000, 65_536));

        assertThat(cloned(own, own, ORDINARY)).satisfies(step -> {
            assertThat(step.uidsByProgram()).isFalse();
            assertThat(step.gidsByProgram()).isFalse();
            assertThat(step.denySetgroups()).isTrue();
        });
        assertThat(cloned(own, more, ORDINARY)).satisfies(step -> {
            assertThat(step.uidsByProgram()).isFalse();
            assertThat(step.gidsByProgram()).isTrue();
            assertThat(step.denySetgroups()).isFalse();
        });
        assertThat(cloned(more, own, ORDINARY)).satisfies(step -> {
            assertThat(step.uidsByProgram()).isTrue();
            assertThat(step.denySetgroups()).isTrue();
        });
        assertThat(cloned(more, more, Rights.ROOT)).satisfies(step -> {
            assertThat(step.uidsByProgram()).isFalse();
            assertThat(step.gidsByProgram()).isFalse();
            assertThat(step.denySetgroups()).isFalse();
        });
    }

    private Clone cloned(List<IdMapping> uids, List<IdMapping> gids, Rights rights) {
        ObjectNode document = DefaultSpec.rootless(1000, 1000).document();
        map(((ObjectNode) document.get("linux")).putArray("uidMappings"), uids);
        map(((ObjectNode) document.get("linux")).putArray("gidMappings"), gids);
        Config config = Configs.load(Bundles.withConfig(bundle, document.toString()));
        return Plans.create(config, new HostFacts(CgroupMode.V2, List.of(), 40, -1, Optional.empty(), rights))
                .cloneStep();
    }

    private static void map(ArrayNode array, List<IdMapping> map) {
        map.forEach(range -> array.addObject()
                .put("containerID", range.containerId())
                .put("hostID", range.hostId())
                .put("size", range.size()));
    }

    private static List<NamespaceKind> joined(Plan plan) {
        return plan.steps().stream()
                .filter(JoinNamespace.class::isInstance)
                .map(step -> ((JoinNamespace) step).kind())
                .toList();
    }

    @Test
    void compilesTheRootlessSpec() {
        String json = new String(Specs.write(DefaultSpec.rootless(1000, 1000)), StandardCharsets.UTF_8);
        Config config = Configs.load(Bundles.withConfig(bundle, json));

        HostFacts host = new HostFacts(CgroupMode.V2, List.of(), 40, -1, Optional.empty(), ORDINARY);

        assertPlan("rootless", Plans.create(config, host));
    }

    @Test
    void makesATerminalBeforeTheRootChangesAndLeavesTheCallersStreamsAlone() {
        Config config = config(document -> {
            process(document).put("terminal", true);
            process(document).putObject("consoleSize").put("height", 25).put("width", 80);
            process(document).putObject("user").put("uid", 7).put("gid", 8);
        });

        List<Step> steps = Plans.create(config, VERSION_2).steps();

        assertThat(steps)
                .contains(new Terminal(7, 25, 80, true))
                .doesNotHaveAnyElementsOfTypes(OwnStreams.class)
                .containsSubsequence(new NewSession(), new Terminal(7, 25, 80, true), new PivotRoot());
    }

    /** The container's process with other arguments and another terminal. */
    private static ProcessConfig executed(Config config, List<String> args, Optional<TerminalConfig> terminal) {
        ProcessConfig own = config.process();
        return new ProcessConfig(
                args,
                own.env(),
                own.cwd(),
                own.user(),
                own.capabilities(),
                own.rlimits(),
                own.noNewPrivileges(),
                own.oomScoreAdj(),
                own.labels(),
                own.scheduling(),
                terminal);
    }

    @Test
    void givesAnExecutedProcessATerminalThatIsNotTheConsole() {
        Config config = config(document -> process(document).put("terminal", true));
        ProcessConfig process = executed(config, List.of("sh"), Optional.of(TerminalConfig.UNSIZED));

        assertThat(Plans.exec(config, process, new ProcessRef(42, 1), VERSION_2, Inheritance.PLAIN)
                        .steps())
                .contains(new Terminal(0, 0, 0, false));
        assertThat(Plans.exec(
                                config,
                                executed(config, List.of("sh"), Optional.empty()),
                                new ProcessRef(42, 1),
                                VERSION_2,
                                Inheritance.PLAIN)
                        .steps())
                .doesNotHaveAnyElementsOfTypes(Terminal.class);
    }

    @Test
    void movesTheRootFilesystemInPlaceOfThePivot() {
        Config config = config(document -> {});
        List<String> pivoted = names(Plans.create(config, VERSION_2));
        List<String> moved = names(Plans.create(config, VERSION_2, Inheritance.PLAIN, HookStates.NONE, RootEntry.MOVE));

        assertThat(pivoted).contains("PivotRoot");
        assertThat(moved)
                .isEqualTo(pivoted.stream()
                        .map(name -> name.equals("PivotRoot") ? "MoveRoot" : name)
                        .toList());
    }

    @Test
    void runsHooksBeforeTheRootChangesAndBeforeTheProgram() {
        Config config = config(document -> {
            ObjectNode hooks = document.putObject("hooks");
            for (String kind : List.of("createRuntime", "createContainer", "startContainer", "poststart")) {
                hooks.putArray(kind).addObject().put("path", "/" + kind);
            }
        });
        HookStates states = new HookStates("{\"a\":1,\"pid\":0,\"b\":2}", "{\"pid\":0}");

        List<Step> steps = Plans.create(config, VERSION_2, Inheritance.PLAIN, states, RootEntry.PIVOT)
                .steps();

        RunHook inside = new RunHook(
                0,
                Path.of("/createContainer"),
                List.of("/createContainer"),
                List.of(),
                0,
                Optional.of(config.bundle()),
                "{\"a\":1,\"pid\":",
                ",\"b\":2}");
        RunHook before = new RunHook(
                0,
                Path.of("/startContainer"),
                List.of("/startContainer"),
                List.of(),
                0,
                Optional.empty(),
                "{\"pid\":",
                "}");
        assertThat(steps).containsSubsequence(new AwaitRuntime(), inside, new PivotRoot(), new AwaitStart(), before);
        assertThat(steps.stream().filter(RunHook.class::isInstance)).hasSize(2);
    }

    @Test
    void tellsTheProgramOfASocketActivationInPlaceOfWhatTheConfigSays() {
        Config config = config(document -> process(document)
                .putArray("env")
                .add("LISTEN_FDS=7")
                .add("A=b")
                .add("LISTEN_PID=7")
                .add("LISTEN_FDNAMES=x"));

        List<Step> steps = Plans.create(
                        config, VERSION_2, new Inheritance(3, 2, Optional.empty()), HookStates.NONE, RootEntry.PIVOT)
                .steps();

        assertThat(steps).containsSubsequence(new PivotRoot(), new ListenPid(), new Ready());
        Execute execute = (Execute) steps.getLast();
        assertThat(execute.env()).containsExactly("A=b", "LISTEN_FDS=2");
        assertThat(execute.preserveFds()).isEqualTo(3);
    }

    @Test
    void compilesASpecThatAsksForEverything() {
        assertPlan(
                "everything",
                Plans.create(
                        everything(),
                        VERSION_1,
                        new Inheritance(2, 0, Optional.of("_ses.web")),
                        HookStates.NONE,
                        RootEntry.PIVOT));
    }

    @Test
    void compilesASpecWithAUserNamespace() {
        assertPlan("user-namespace", Plans.create(withUserNamespace(), VERSION_1));
    }

    private Config withUserNamespace() {
        return config(document -> {
            ObjectNode linux = Bundles.object(document, "linux");
            linux.withArray("namespaces").addObject().put("type", "user");
            linux.withArray("namespaces").addObject().put("type", "cgroup");
            linux.putArray("uidMappings")
                    .addObject()
                    .put("containerID", 0)
                    .put("hostID", 100000)
                    .put("size", 65536);
            linux.putArray("gidMappings")
                    .addObject()
                    .put("containerID", 0)
                    .put("hostID", 100000)
                    .put("size", 65536);
            linux.putObject("sysctl").put("net.ipv4.ip_forward", "1");
        });
    }

    @Test
    void compilesAnExec() {
        Config config = everything();

        assertPlan(
                "exec",
                Plans.exec(
                        config,
                        executed(config, List.of("ps", "-e"), config.process().terminal()),
                        new ProcessRef(42, 7),
                        VERSION_1,
                        new Inheritance(0, 0, Optional.of("_ses.web"))));
    }

    @Test
    void ordersTheStepsSoThatNothingIsUndone() {
        List<String> names = names(Plans.create(everything(), VERSION_1));

        assertThat(names.lastIndexOf("Mount")).isLessThan(names.indexOf("PivotRoot"));
        assertThat(names.lastIndexOf("MakeNode")).isLessThan(names.indexOf("PivotRoot"));
        assertThat(names.indexOf("PivotRoot")).isLessThan(names.indexOf("ReadonlyPath"));
        assertThat(names.indexOf("PivotRoot")).isLessThan(names.indexOf("MaskPath"));
        assertThat(names.lastIndexOf("MaskPath")).isLessThan(names.indexOf("ChangeDirectory"));
        assertThat(names.indexOf("ChangeDirectory")).isLessThan(names.indexOf("SetUser"));
        assertThat(names.indexOf("SetUser")).isLessThan(names.indexOf("Capabilities"));
        assertThat(names.indexOf("Capabilities")).isLessThan(names.indexOf("FindExecutable"));
        assertThat(names.indexOf("Sysctl")).isLessThan(names.indexOf("BindRoot"));
        assertThat(names).endsWith("Ready", "AwaitStart", "Execute");
    }

    @Test
    void leavesOutCapabilitiesThatTheKernelDoesNotKnow() {
        HostFacts old = new HostFacts(CgroupMode.V2, List.of(), 5, -1, Optional.empty(), Rights.ROOT);
        Plan plan = Plans.create(config(document -> {}), old);

        assertThat(PlanText.lines(plan)).contains("bounding=[CAP_KILL] ").doesNotContain("CAP_AUDIT_WRITE");
    }

    @Test
    void leavesOutCapabilitiesThatTheRuntimeDoesNotHaveItself() {
        HostFacts confined =
                new HostFacts(CgroupMode.V2, List.of(), 40, Capability.CAP_KILL.bit(), Optional.empty(), Rights.ROOT);

        assertThat(PlanText.lines(Plans.create(config(document -> {}), confined)))
                .contains("bounding=[CAP_KILL] ");
        assertThat(PlanText.lines(Plans.create(withUserNamespace(), confined)))
                .contains("bounding=[CAP_KILL,CAP_NET_BIND_SERVICE,CAP_AUDIT_WRITE] ");
    }

    /** A filter that needs a privilege comes while there is one, else as late as it can. */
    @Test
    void installsAFilterWhenItCanAndThenAsLateAsPossible() {
        HostFacts host = new HostFacts(CgroupMode.V2, List.of(), 40, -1, Optional.of(FILTER), Rights.ROOT);
        List<String> free = names(Plans.create(
                config(document -> Bundles.object(document, "process").put("noNewPrivileges", false)), host));
        List<String> bound = names(Plans.create(config(document -> {}), host));

        assertThat(free.indexOf("Seccomp")).isBetween(free.indexOf("ChangeDirectory"), free.indexOf("SetUser"));
        assertThat(bound.indexOf("Seccomp")).isEqualTo(bound.indexOf("Ready") - 1);
        assertThat(bound.indexOf("NoNewPrivs")).isLessThan(bound.indexOf("Seccomp"));
        assertThat(PlanText.lines(Plans.create(config(document -> {}), host)))
                .contains(
                        " seccomp default-action=errno rules=3 program=\"2 instructions\" flags=[log] passed-over=[nosuch]\n");
    }

    @Test
    void givesTheSamePlanForTheSameArguments() {
        assertThat(Plans.create(everything(), VERSION_1)).isEqualTo(Plans.create(everything(), VERSION_1));
    }

    @Test
    void writesAPlanAsJson() {
        String json = new String(PlanText.json(Plans.create(everything(), VERSION_1)), StandardCharsets.UTF_8);

        assertThat(json).startsWith("{\n  \"version\": 1,\n  \"steps\": [").contains("\"step\": \"pivot-root\"");
    }

    private Config everything() {
        Config config = config(document -> {
            document.put("domainname", "example");
            addMounts((ArrayNode) document.get("mounts"));
            ObjectNode process = Bundles.object(document, "process");
            process.put("cwd", "/srv/app").put("oomScoreAdj", 100);
            process.putObject("user")
                    .put("uid", 101)
                    .put("gid", 102)
                    .put("umask", 63)
                    .putArray("additionalGids")
                    .add(5);
            ObjectNode linux = Bundles.object(document, "linux");
            linux.put("rootfsPropagation", "rshared");
            linux.withArray("namespaces").addObject().put("type", "cgroup");
            linux.putObject("sysctl").put("net.ipv4.ip_forward", "1").put("kernel.msgmax", "9000");
            ArrayNode devices = linux.putArray("devices");
            devices.addObject()
                    .put("path", "/dev/fuse")
                    .put("type", "c")
                    .put("major", 10)
                    .put("minor", 229)
                    .put("fileMode", 384);
            devices.addObject().put("path", "/dev/pipe").put("type", "p").put("uid", 101);
        });
        return config.holding(NamespaceKind.NETWORK, Path.of("/run/jmigrate/web/netns"));
    }

    private static void addMounts(ArrayNode mounts) {
        bind(mounts, "/data", "data", "rbind", "rprivate");
        bind(mounts, "/etc/hosts", "hosts", "bind", "ro", "nosuid", "rslave");
        bind(mounts, "/rw", "data", "rbind", "rw");
        mounts.addObject()
                .put("destination", "/ro tmp")
                .put("type", "tmpfs")
                .putArray("options")
                .add("ro")
                .add("noexec");
    }

    private static void bind(ArrayNode mounts, String destination, String source, String... options) {
        ArrayNode array = mounts.addObject()
                .put("destination", destination)
                .put("source", source)
                .putArray("options");
        List.of(options).forEach(array::add);
    }

    private static ObjectNode process(ObjectNode document) {
        return (ObjectNode) document.get("process");
    }

    private Config config(Consumer<ObjectNode> change) {
        return Configs.load(Bundles.with(bundle, change));
    }

    private void assertPlan(String name, Plan plan) {
        String text = PlanText.lines(plan).replace(bundle.toString(), "BUNDLE");
        String file = name + ".txt";
        if (Boolean.getBoolean("jmigrate.golden.write")) {
            write(Path.of("src/test/resources/io/jmigrate/runtime/plan").resolve(file), text);
        } else {
            assertThat(text).isEqualTo(read(file));
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String file) {
        try (InputStream in = PlansTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Plan plan) {
        return plan.steps().stream().map(PlansTest::name).toList();
    }

    private static String name(Step step) {
        return step.getClass().getSimpleName();
    }

    private static CgroupPlace place(String directory, String... controllers) {
        Path mountPoint = SYS.resolve(directory);
        return new CgroupPlace(List.of(controllers), mountPoint, mountPoint.resolve("web"));
    }
}
