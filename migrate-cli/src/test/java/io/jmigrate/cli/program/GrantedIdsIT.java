package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers of an ordinary user to whom root has given more ids (subuid(5)), or not. */
class GrantedIdsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOBODY = 65_534;
    private static final int FIRST = 300_000;

    private static final String SHOW = "cat /proc/self/uid_map /proc/self/gid_map /proc/self/setgroups; id -u; id -G;"
            + " touch /tmp/made; stat -c %u:%g /tmp/made";

    @TempDir
    private static Path common;

    private static OrdinaryUser user;
    private static Path directory;
    private static Path bundle;

    private final String id = Busybox.newId();

    @BeforeAll
    static void open() throws IOException {
        Busybox.requireContainers();
        user = OrdinaryUser.of(NOBODY).whoCanBeGrantedIds();
        directory = user.directory(common, "user");
        bundle = bundle();
    }

    /** Its process is neither root of the container nor without other groups. */
    private static Path bundle() throws IOException {
        Path made = Busybox.bundle(Files.createTempDirectory(directory, "bundle"), "true");
        user.give(made.getParent());
        Files.delete(made.resolve("config.json"));
        Called spec = granting("").run("spec", "--rootless", "--bundle", made.toString());
        assertThat(spec).isEqualTo(new Called(0, "", ""));
        Path file = made.resolve("config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
        ObjectNode process = (ObjectNode) config.get("process");
        process.put("terminal", false);
        process.putArray("args").add("sh").add("-c").add(SHOW);
        process.putObject("user")
                .put("uid", 5)
                .put("gid", 6)
                .putArray("additionalGids")
                .add(7);
        for (String map : List.of("uidMappings", "gidMappings")) {
            ((ArrayNode) config.at("/linux/" + map))
                    .addObject()
                    .put("containerID", 1)
                    .put("hostID", FIRST)
                    .put("size", 1000);
        }
        config.withArray("mounts")
                .addObject()
                .put("destination", "/tmp")
                .put("type", "tmpfs")
                .put("source", "tmpfs");
        JSON.writeValue(file.toFile(), config);
        return made;
    }

    /** The program as the user, for whom another file lies over those of the host. */
    private static InstalledProgram granting(String ids) {
        return InstalledProgram.in(directory)
                .calling(user.actingGranted(common, InstalledProgram.FRONT, ids))
                .with("JMIGRATE_NO_SERVICE", "1")
                .with("XDG_RUNTIME_DIR", directory.toString());
    }

    @Test
    void mapTheIdsThatWereGiven() {
        Called run = granting("nobody:%d:1000\n".formatted(FIRST)).run("run", "--bundle", bundle.toString(), id);

        assertThat(run.err()).isEmpty();
        assertThat(run.out().replaceAll(" +", " "))
                .isEqualTo(" 0 65534 1\n 1 300000 1000\n 0 65534 1\n 1 300000 1000\nallow\n5\n6 7\n5:6\n");
    }

    @Test
    void waitForTheirStartAlsoAsAnotherId() {
        InstalledProgram program = granting("nobody:%d:1000\n".formatted(FIRST));
        assertThat(program.run("create", "--bundle", bundle.toString(), id).err())
                .isEmpty();
        try {
            assertThat(program.run("state", id).out()).contains("\"status\": \"created\"");
            assertThat(program.run("exec", id, "id", "-u")).isEqualTo(new Called(0, "5\n", ""));
        } finally {
            assertThat(program.run("delete", "--force", id).err()).isEmpty();
        }
    }

    @Test
    void areRefusedWithTheWordsOfTheProgramIfTheIdsWereNot() {
        InstalledProgram program = granting("nobody:%d:10\n".formatted(FIRST));
        Called run = program.run("run", "--bundle", bundle.toString(), id);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("jmigrate: cannot map the container's user ids: newuidmap ended with ")
                .contains("newuidmap: uid range [1-1001) -> [300000-301000) not allowed");
        assertThat(program.run("list", "--quiet")).isEqualTo(new Called(0, "", ""));
    }
}
