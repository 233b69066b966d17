package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hooks of all kinds, as they see themselves and as the container's life goes by them. */
class ContainerHooksIT extends OnRealHost {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a hook notes of itself: kind, name, state, directory, environment, mount namespace, and whether it is in the container. */
    private static final String NOTE = "state=$(cat); inside=no; test -e /etc/here && inside=yes;"
            + " echo \"$1|$0|$state|$(pwd)|$A-$B|$(readlink /proc/self/ns/mnt)|$inside\" >>";

    private Path notes;

    @BeforeEach
    void prepare() throws IOException {
        notes = Files.createDirectories(host.files().resolve("notes")).resolve("all");
    }

    /** The container sees the host's notes in /data. */
    private TestBundle bundle() throws IOException {
        TestBundle bundle = host.bundle().changed(config -> config.withArray("mounts")
                .addObject()
                .put("destination", "/data")
                .put("type", "bind")
                .put("source", notes.getParent().toString())
                .putArray("options")
                .add("bind"));
        Files.createFile(bundle.rootfs().resolve("etc/here"));
        return bundle;
    }

    private static Consumer<ObjectNode> hook(String kind, String script, String... arguments) {
        return config -> {
            ObjectNode hook = config.withObject("/hooks").withArray(kind).addObject();
            hook.put("path", "/bin/sh");
            var args = hook.putArray("args").add("sh").add("-c").add(script).add("zero-" + kind);
            List.of(arguments).forEach(args::add);
            hook.putArray("env").add("A=x").add("PATH=/bin:/usr/bin");
        };
    }

    private TestBundle noting(TestBundle bundle, String kind) {
        boolean inside = kind.equals("startContainer");
        return bundle.changed(hook(kind, NOTE + (inside ? "/data/all" : notes), kind));
    }

    private record Note(
            String kind, String zero, JsonNode state, String cwd, String env, String mounts, String inside) {
        static Note of(String line) {
            try {
                String[] fields = line.split("\\|");
                return new Note(
                        fields[0], fields[1], JSON.readTree(fields[2]), fields[3], fields[4], fields[5], fields[6]);
            } catch (IOException e) {
                throw new AssertionError(line, e);
            }
        }
    }

    private List<Note> notes() throws IOException {
        return Files.exists(notes)
                ? Files.readAllLines(notes).stream().map(Note::of).toList()
                : List.of();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void runInOrderEachWithTheStateOfItsMoment(boolean userNamespace) throws IOException {
        TestBundle bundle = bundle();
        for (String kind :
                List.of("poststop", "poststart", "startContainer", "createContainer", "createRuntime", "prestart")) {
            noting(bundle, kind);
        }
        if (userNamespace) {
            Files.createFile(notes);
            notes.toFile().setWritable(true, false);
            notes.getParent().toFile().setExecutable(true, false);
            bundle.inUserNamespace();
        }
        bundle.changed(config -> config.putObject("annotations").put("pid", "\"pid\":0"));
        ContainerId id = RealHost.newId();
        CreatedContainer created = host.create(id, bundle);
        assertThat(notes()).extracting(Note::kind).containsExactly("prestart", "createRuntime", "createContainer");
        host.containers().start().start(id);
        assertThat(notes())
                .extracting(Note::kind)
                .endsWith("startContainer", "poststart")
                .hasSize(5);
        host.containers().delete().delete(new DeleteRequest(id, true));

        List<Note> all = notes();
        assertThat(all)
                .extracting(Note::kind)
                .containsExactly(
                        "prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop");
        assertThat(all)
                .extracting(note -> note.state().get("status").asText())
                .containsExactly("creating", "creating", "creating", "created", "running", "stopped");
        int pid = created.init().pid();
        assertThat(all).extracting(note -> note.state().path("pid").asInt()).containsExactly(pid, pid, 1, 1, pid, 0);
        for (Note note : all) {
            assertThat(note.zero()).isEqualTo("zero-" + note.kind());
            assertThat(note.env()).isEqualTo("x-");
            assertThat(note.state().get("id").asText()).isEqualTo(id.value());
            assertThat(note.state().get("bundle").asText())
                    .isEqualTo(bundle.directory().toString());
            assertThat(note.state().get("annotations").get("pid").asText()).isEqualTo("\"pid\":0");
            assertThat(note.state().get("ociVersion").asText()).isEqualTo("1.0.2");
        }
        String own = Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")).toString();
        assertThat(all)
                .extracting(note -> note.mounts().equals(own))
                .containsExactly(true, true, false, false, true, true);
        assertThat(all).extracting(Note::inside).containsExactly("no", "no", "no", "yes", "no", "no");
        String directory = bundle.directory().toString();
        assertThat(all)
                .extracting(Note::cwd)
                .containsExactly(directory, directory, directory, "/", directory, directory);
    }

    @ParameterizedTest
    @CsvSource({"prestart", "createRuntime", "createContainer"})
    void thatFailWhileItIsMadeLeaveNothingOfTheContainerButThePoststopHooks(String kind) throws IOException {
        TestBundle bundle = noting(bundle(), "poststop").changed(hook(kind, "exit 0"));
        bundle.changed(hook(kind, "echo reason one; echo reason two >&2; exit 3"));
        ContainerId id = RealHost.newId();

        Failure failure = catchThrowableOfType(Failure.class, () -> host.create(id, bundle));

        assertThat(failure.code()).isEqualTo(RuntimeCode.HOOK_FAILED);
        assertThat(failure).hasMessage("hook " + kind + "[1], /bin/sh: exit code 3");
        assertThat(failure.details()).containsExactly("reason one", "reason two");
        assertThat(host.leftovers(id)).isEmpty();
        assertThat(notes()).extracting(Note::kind).containsExactly("poststop");
    }

    @Test
    void thatFailBeforeTheProgramStopTheContainer() throws IOException {
        TestBundle bundle = bundle().shell("echo ran >/data/ran").changed(hook("startContainer", "exit 0"));
        bundle.changed(hook("startContainer", "echo no; exit 4"));
        ContainerId id = RealHost.newId();
        List<Failure> failures = new ArrayList<>();
        RealHost.Outcome init = host.capture(streams -> {
            CreatedContainer created =
                    host.containers().create().create(CreateRequest.of(id, bundle.directory(), streams));
            failures.add(catchThrowableOfType(
                    Failure.class, () -> host.containers().start().start(id)));
            return created.init().exited().join();
        });

        assertThat(failures.getFirst().code()).isEqualTo(RuntimeCode.HOOK_FAILED);
        assertThat(failures.getFirst()).hasMessage("hook startContainer[1], /bin/sh: exit code 4");
        assertThat(failures.getFirst().details()).containsExactly("no");
        assertThat(init.status().code()).isEqualTo(1);
        assertThat(init.errors()).as("whoever starts it says why").isEmpty();
        assertThat(host.containers().inspect(id).state().word()).isEqualTo("stopped");
        assertThat(notes.resolveSibling("ran")).doesNotExist();
    }

    @Test
    void thatFailAfterwardsAreWarnedOfAndTheOthersRun() throws IOException {
        TestBundle bundle = bundle().running("/bin/true");
        for (String kind : List.of("poststart", "poststop")) {
            noting(bundle.changed(hook(kind, "echo sorry; exit 5")), kind);
        }
        List<String> warnings = new ArrayList<>();
        ContainerId id = RealHost.newId();
        Containers containers = host.containers().warning(warnings::add);
        host.create(id, bundle);

        containers.start().start(id);
        containers.delete().delete(new DeleteRequest(id, true));

        assertThat(warnings)
                .containsExactly(
                        id.inSentence() + ": hook poststart[0], /bin/sh: exit code 5: sorry",
                        id.inSentence() + ": hook poststop[0], /bin/sh: exit code 5: sorry");
        assertThat(notes()).extracting(Note::kind).containsExactly("poststart", "poststop");
    }

    @ParameterizedTest
    @CsvSource({"createRuntime", "createContainer", "startContainer"})
    void areKilledAfterTheirTimeout(String kind) throws IOException {
        TestBundle bundle = bundle().changed(hook(kind, "echo begun; exec sleep 1000"));
        bundle.changed(config -> ((ObjectNode) config.at("/hooks/" + kind + "/0")).put("timeout", 1));
        ContainerId id = RealHost.newId();

        Failure failure = catchThrowableOfType(Failure.class, () -> host.start(id, bundle));

        assertThat(failure)
                .hasMessage("hook " + kind + "[0], /bin/sh: it took longer than its timeout, and was killed");
        assertThat(failure.details()).containsExactly("begun");
        assertThat(host.leftovers(id)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"prestart", "createContainer", "startContainer"})
    void thatAreNotThereAreNamed(String kind) throws IOException {
        TestBundle bundle = bundle().changed(hook(kind, "true"));
        bundle.changed(config -> ((ObjectNode) config.at("/hooks/" + kind + "/0")).put("path", "/nosuch/hook"));

        Failure failure = catchThrowableOfType(Failure.class, () -> host.start(bundle));

        assertThat(failure.code()).isEqualTo(RuntimeCode.HOOK_FAILED);
        assertThat(failure.getMessage() + failure.details())
                .contains("hook " + kind + "[0], /nosuch/hook: ")
                .contains("o such file");
    }
}
