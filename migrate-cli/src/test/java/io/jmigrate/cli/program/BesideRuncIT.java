package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same commands given to this program and to runC. */
class BesideRuncIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What differs by nature: when and as which process it was made, and by a runC that implements an older specification. */
    private static final List<String> ITS_OWN = List.of("pid", "created", "ociVersion");

    private static final List<String> LIMITS = List.of(
            "memory/memory.limit_in_bytes",
            "memory/memory.memsw.limit_in_bytes",
            "memory/memory.soft_limit_in_bytes",
            "cpu/cpu.cfs_quota_us",
            "cpu/cpu.cfs_period_us",
            "cpu/cpu.shares",
            "cpuset/cpuset.cpus",
            "cpuset/cpuset.mems",
            "pids/pids.max");

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private Path bundle;
    private InstalledProgram ours;
    private InstalledProgram runc;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        Path program = Path.of("/usr/sbin/runc");
        assumeTrue(Files.isExecutable(program), "runc is not installed");
        ours = InstalledProgram.in(Files.createDirectory(directory.resolve("ours")))
                .served();
        runc = InstalledProgram.in(Files.createDirectory(directory.resolve("runc")))
                .calling(program);
        bundle = Busybox.bundle(directory, "sleep", "300");
        for (InstalledProgram each : List.of(ours, runc)) {
            Called run = each.run("run", "--detach", "--bundle", bundle.toString(), id);
            // this runC reports a refused rlimit and the like on hosts where nothing can be run by it
            assumeTrue(run.status() == 0 || each == ours, "runc can run nothing here: " + run.err());
            assertThat(run.err()).isEmpty();
        }
    }

    @AfterEach
    void close() {
        if (runc != null) {
            runc.run("delete", "--force", id);
            ours.close();
        }
    }

    private void bothSay(Function<Called, Object> what, String... words) {
        Called here = ours.run(words);
        Called there = runc.run(words);
        assertThat(what.apply(here))
                .as("%s: %s / %s", List.of(words), here, there)
                .isEqualTo(what.apply(there));
    }

    private static JsonNode parse(Called called) {
        try {
            return JSON.readTree(called.out());
        } catch (JsonProcessingException e) {
            throw new AssertionError(called.toString(), e);
        }
    }

    private static JsonNode shared(JsonNode state) {
        return ((ObjectNode) state).without(ITS_OWN);
    }

    @Test
    void theStateHasTheSameFieldsInTheSameOrder() {
        bothSay(
                called -> parse(called).properties().stream()
                        .map(field -> field.getKey())
                        .toList(),
                "state",
                id);
        bothSay(called -> shared(((ObjectNode) parse(called)).without("owner")), "state", id);
    }

    @Test
    void theListIsTheSame() {
        bothSay(called -> shared(parse(called).get(0)), "list", "--format", "json");
        bothSay(called -> called.out().lines().findFirst().orElseThrow().split(" +"), "list");
        bothSay(Called::out, "list", "--quiet");
    }

    @Test
    void thePsListsAreTheSame() {
        bothSay(called -> parse(called).size(), "ps", "--format", "json", id);
        bothSay(called -> called.out().lines().findFirst().orElseThrow(), "ps", id);
        bothSay(Called::out, "ps", id, "-o", "args");
    }

    /**
     * Numbers that are zero are left out by both: which they are depends on what each container has done. On a hybrid host runC doesn't
     * look for huge pages where version 2 counts them, so what is below {@code hugetlb} isn't compared; nor is {@code psi}, which older
     * ones don't look for at all.
     */
    @Test
    void theStatisticsHaveTheSameFields() {
        bothSay(called -> objects("", parse(called)), "events", "--stats", id);
    }

    private static List<String> objects(String path, JsonNode tree) {
        List<String> found = new ArrayList<>();
        tree.properties().forEach(field -> {
            String here = path + "/" + field.getKey();
            if (field.getValue().isObject() && !field.getKey().equals("psi")) {
                found.add(here);
                found.addAll(here.equals("/data/hugetlb") ? List.of() : objects(here, field.getValue()));
            }
        });
        return found;
    }

    @Test
    void theStatusesAreTheSame() {
        Function<Called, Object> status = Called::status;
        bothSay(status, "exec", id, "sh", "-c", "exit 7");
        bothSay(status, "exec", id, "sh", "-c", "kill -9 $$");
        bothSay(status, "start", id);
        bothSay(status, "delete", id);
        bothSay(status, "create", "--bundle", bundle.toString(), id);
        bothSay(status, "resume", id);
        bothSay(status, "pause", id);
        bothSay(status, "exec", id, "true");
        bothSay(status, "resume", id);
        bothSay(status, "delete", "--force", id);
        bothSay(status, "create", "--bundle", bundle.toString(), id);
        bothSay(status, "pause", id);
        bothSay(status, "start", id);
        bothSay(status, "resume", id);
        bothSay(status, "start", id);
        bothSay(status, "state", "nosuch");
        bothSay(status, "kill", id, "KILL");
        bothSay(status, "delete", "--force", id);
        bothSay(status, "delete", id);
        bothSay(status, "delete", "--force", id);
    }

    @Test
    void theLimitsAreTheSameAfterUpdates() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/sys/fs/cgroup/pids")), "this host has no v1 cgroups");
        Path file = Files.writeString(
                directory.resolve("limits.json"), "{\"memory\": {\"limit\": 134217728}, \"pids\": {\"limit\": 55}}");
        List<List<String>> updates = List.of(
                List.of("--memory", "64m", "--memory-swap", "128m", "--memory-reservation", "32m"),
                List.of("--cpu-quota", "20000", "--cpu-period", "40000", "--cpu-share", "333", "--pids-limit", "44"),
                List.of("--cpu-period", "10000"),
                List.of("--cpuset-cpus", "0", "--cpuset-mems", "0"),
                List.of("--resources", file.toString()),
                List.of("--memory", "-1", "--memory-swap", "-1"));
        for (List<String> update : updates) {
            List<String> words = new ArrayList<>(List.of("update"));
            words.addAll(update);
            words.add(id);
            bothSay(Called::status, words.toArray(String[]::new));
            for (String limit : LIMITS) {
                String[] parts = limit.split("/");
                assertThat(HeldLimits.of(ours, id, parts[0], parts[1]))
                        .as("%s after %s", limit, update)
                        .isEqualTo(HeldLimits.of(runc, id, parts[0], parts[1]));
            }
        }
    }

    @Test
    void theSpecsAgreeOnWhatIsolates() throws IOException {
        List<JsonNode> specs = new ArrayList<>();
        for (InstalledProgram each : List.of(ours, runc)) {
            Path made = Files.createTempDirectory(directory, "spec");
            assertThat(each.run("spec", "--bundle", made.toString())).isEqualTo(new Called(0, "", ""));
            specs.add(JSON.readTree(Files.readAllBytes(made.resolve("config.json"))));
        }
        for (String pointer : List.of(
                "/mounts",
                "/root",
                "/linux/namespaces",
                "/linux/resources",
                "/linux/readonlyPaths",
                "/process/args",
                "/process/cwd",
                "/process/env",
                "/process/user",
                "/process/noNewPrivileges",
                "/process/capabilities/bounding")) {
            assertThat(specs.getFirst().at(pointer))
                    .as(pointer)
                    .isEqualTo(specs.getLast().at(pointer));
        }
    }
}
