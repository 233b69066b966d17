package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers of a user who has no rights on the host, served by a service of that user's own. */
class RootlessIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path NOTHING = Path.of("/dev/null");
    private static final Path RUNC = Path.of("/usr/sbin/runc");

    /** What a container shows of the rights that it has and of the mounts that it sees, without numbers that differ. */
    private static final String SHOW = "id; grep -E '^(Cap|NoNew|Seccomp:)' /proc/self/status; cat /proc/self/uid_map"
            + " /proc/self/gid_map /proc/self/setgroups; cut -d' ' -f1-4 /proc/mounts | sort; hostname; ls /sys /dev";

    @TempDir
    private static Path common;

    private static OrdinaryUser user;
    private static Path directory;
    private static InstalledProgram program;

    private final String id = Busybox.newId();

    @BeforeAll
    static void open() {
        Busybox.requireContainers();
        user = OrdinaryUser.of(4711);
        directory = user.directory(common, "user");
        program = as(InstalledProgram.FRONT, "");
        assertThat(plain("service", "start")).isEqualTo(new Called(0, "", ""));
        assertThat(directory.resolve("jmigrate/service.sock")).exists();
    }

    @AfterAll
    static void close() {
        if (program != null) {
            assertThat(plain("service", "stop")).isEqualTo(new Called(0, "", ""));
            program = null;
        }
    }

    @AfterEach
    void remove() {
        if (program != null) {
            assertThat(plain("delete", "--force", id).err()).isEmpty();
        }
    }

    /** No socket is named: the user's own is found by XDG_RUNTIME_DIR. */
    private static InstalledProgram as(Path called, String before) {
        return InstalledProgram.in(directory)
                .calling(user.acting(common, called, before))
                .with(InstalledProgram.SOCKET_VARIABLE, "")
                .with("XDG_RUNTIME_DIR", directory.toString());
    }

    private static Called plain(String... words) {
        return program.runPlain(NOTHING, List.of(words));
    }

    private static Path bundle(Consumer<ObjectNode> change, String... command) throws IOException {
        Path bundle = Busybox.bundle(Files.createTempDirectory(directory, "bundle"), command);
        user.give(bundle.getParent());
        Files.delete(bundle.resolve("config.json"));
        assertThat(plain("spec", "--rootless", "--bundle", bundle.toString())).isEqualTo(new Called(0, "", ""));
        ObjectNode config =
                (ObjectNode) JSON.readTree(bundle.resolve("config.json").toFile());
        ObjectNode process = (ObjectNode) config.get("process");
        process.put("terminal", false);
        ArrayNode args = process.putArray("args");
        List.of(command).forEach(args::add);
        change.accept(config);
        JSON.writeValue(bundle.resolve("config.json").toFile(), config);
        return bundle;
    }

    @Test
    void haveWhatThoseOfRuncHave() throws IOException {
        assumeTrue(Files.isExecutable(RUNC), "runc is not installed");
        Path bundle = bundle(config -> {}, "sh", "-c", SHOW);

        Called ours = plain("run", "--bundle", bundle.toString(), id);
        Called theirs = as(RUNC, "").run("run", "--bundle", bundle.toString(), id);

        assertThat(ours.err()).isEmpty();
        assertThat(ours.out()).contains("uid=0", "4711", "deny");
        assertThat(ours.out()).isEqualTo(theirs.out());
    }

    @Test
    void liveAsThoseOfRootDo() throws IOException {
        Path bundle = bundle(config -> {}, "sleep", "300");

        assertThat(plain("create", "--bundle", bundle.toString(), id)).isEqualTo(new Called(0, "", ""));
        assertThat(plain("state", id).out()).contains("\"status\": \"created\"");
        assertThat(plain("exec", id, "id", "-u").out()).isEqualTo("0\n");
        assertThat(plain("start", id)).isEqualTo(new Called(0, "", ""));
        assertThat(plain("exec", "--user", "0:0", id, "cat", "/proc/self/uid_map")
                        .out())
                .matches("\\s*0\\s+4711\\s+1\n");
        assertThat(plain("ps", "--format", "json", id).out()).matches("\\[\\d+]\\s*");
        assertThat(plain("list", "--quiet").out()).isEqualTo(id + "\n");
        assertThat(plain("pause", id).err())
                .startsWith("jmigrate: cannot freeze its processes: the container has no cgroup of its own");
        assertThat(plain("events", "--stats", id).err()).contains("has no cgroup of its own");
        assertThat(plain(
                                "checkpoint",
                                "--image-path",
                                directory.resolve("images").toString(),
                                id)
                        .err())
                .startsWith("jmigrate: cannot checkpoint a container: only root may");
        assertThat(directory.resolve("images")).doesNotExist();

        assertThat(plain("kill", "--all", id, "KILL")).isEqualTo(new Called(0, "", ""));
        await().untilAsserted(() -> assertThat(plain("state", id).out()).contains("\"status\": \"stopped\""));
        assertThat(plain("delete", id)).isEqualTo(new Called(0, "", ""));
    }

    @Test
    void areRefusedWhatTheirUserHasNoRightTo() throws IOException {
        Path limited = bundle(
                config -> config.withObject("linux")
                        .withObject("resources")
                        .withObject("pids")
                        .put("limit", 9),
                "true");
        assertThat(plain("run", "--bundle", limited.toString(), id).err())
                .startsWith("jmigrate: cannot set $.linux.resources.pids.limit: the cgroup /sys/fs/cgroup/");
        Path scored = bundle(config -> config.withObject("process").put("oomScoreAdj", -900), "true");
        assertThat(plain("run", "--bundle", scored.toString(), id).err())
                .startsWith("jmigrate: set oom_score_adj to -900: permission denied: only root may lower it");
        Path shared = bundle(config -> withoutNamespace(config, "pid"), "true");
        assertThat(plain("run", "--bundle", shared.toString(), id).err()).contains("needs a new pid namespace");
        Called strict = plain("--rootless", "false", "run", "--bundle", scored.toString(), id);
        assertThat(strict.err()).contains("cannot make the cgroup /sys/fs/cgroup/");
        assertThat(plain("--systemd-cgroup", "run", "--bundle", scored.toString(), id)
                        .err())
                .startsWith("jmigrate: cannot have systemd make the cgroups of containers: ");
        assertThat(as(InstalledProgram.FRONT, "unset XDG_RUNTIME_DIR")
                        .runPlain(NOTHING, List.of("list"))
                        .err())
                .startsWith("jmigrate: the state of user 4711's containers has no place: XDG_RUNTIME_DIR is not set");
    }

    private static void withoutNamespace(ObjectNode config, String type) {
        ArrayNode namespaces = (ArrayNode) config.withObject("linux").get("namespaces");
        for (int i = namespaces.size() - 1; i >= 0; i--) {
            if (namespaces.get(i).get("type").asText().equals(type)) {
                namespaces.remove(i);
            }
        }
    }

    @Test
    void areLimitedWhereACgroupWasGivenToTheirUser() throws IOException {
        Path bundle = bundle(
                config -> {
                    config.withObject("linux")
                            .withObject("resources")
                            .withObject("pids")
                            .put("limit", 9);
                    config.withObject("linux")
                            .withObject("resources")
                            .withArray("devices")
                            .addObject()
                            .put("allow", false);
                },
                "sleep",
                "300");
        try (DelegatedCgroups cgroups = DelegatedCgroups.to(user, id)) {
            InstalledProgram inside = as(InstalledProgram.FRONT, cgroups.enter());
            Called run = inside.runPlain(NOTHING, List.of("run", "--detach", "--bundle", bundle.toString(), id));

            assertThat(run).isEqualTo(new Called(0, "", ""));
            assertThat(cgroups.below("pids")).singleElement().satisfies(cgroup -> assertThat(
                            Files.readString(cgroup.resolve("pids.max")).strip())
                    .isEqualTo("9"));
            assertThat(plain("pause", id)).isEqualTo(new Called(0, "", ""));
            assertThat(plain("list").out()).contains("paused");
            assertThat(plain("resume", id)).isEqualTo(new Called(0, "", ""));
            assertThat(plain("events", "--stats", id).out()).contains("\"limit\":9");
            assertThat(plain("delete", "--force", id)).isEqualTo(new Called(0, "", ""));
            assertThat(cgroups.below("pids")).isEmpty();
        }
    }
}
