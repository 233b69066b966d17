package io.jmigrate.runtime.container;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A bundle whose root filesystem is busybox. */
final class TestBundle {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final List<String> APPLETS = List.of(
            "sh",
            "sleep",
            "cat",
            "ls",
            "true",
            "false",
            "id",
            "hostname",
            "mount",
            "ps",
            "echo",
            "touch",
            "ip",
            "wc",
            "head",
            "readlink",
            "grep",
            "env",
            "pwd",
            "kill",
            "mkdir",
            "stat",
            "dd",
            "ping",
            "chmod",
            "trap",
            "stty",
            "test");

    private final Path directory;
    private final ObjectNode config;

    private TestBundle(Path directory, ObjectNode config) {
        this.directory = directory;
        this.config = config;
    }

    static boolean possible() {
        return Files.isExecutable(BUSYBOX);
    }

    /** In a new directory. */
    static TestBundle in(Path parent) {
        try (InputStream json = TestBundle.class.getResourceAsStream("config.json")) {
            Path directory = Files.createTempDirectory(parent, "bundle");
            Path bin = Files.createDirectories(directory.resolve("rootfs/bin"));
            for (String name : List.of("proc", "sys", "dev", "tmp", "etc", "data")) {
                Files.createDirectories(directory.resolve("rootfs").resolve(name));
            }
            Files.copy(BUSYBOX, bin.resolve("busybox"));
            for (String applet : APPLETS) {
                Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
            }
            return new TestBundle(directory, (ObjectNode) new ObjectMapper().readTree(json)).write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    Path rootfs() {
        return directory.resolve("rootfs");
    }

    /** With another program. */
    TestBundle running(String... args) {
        return changed(config -> {
            ArrayNode list = ((ObjectNode) config.get("process")).putArray("args");
            List.of(args).forEach(list::add);
        });
    }

    /** With a shell script as program. */
    TestBundle shell(String script) {
        return running("/bin/sh", "-c", script);
    }

    /** As ids of the host from 100000 on, which can reach the root filesystem. */
    TestBundle inUserNamespace() {
        for (Path above : List.of(directory.getParent(), directory)) {
            above.toFile().setExecutable(true, false);
            above.toFile().setReadable(true, false);
        }
        return changed(config -> {
            ObjectNode linux = (ObjectNode) config.get("linux");
            linux.withArray("namespaces").addObject().put("type", "user");
            for (String map : List.of("uidMappings", "gidMappings")) {
                linux.withArray(map)
                        .addObject()
                        .put("containerID", 0)
                        .put("hostID", 100_000)
                        .put("size", 65_536);
            }
        });
    }

    TestBundle changed(Consumer<ObjectNode> change) {
        change.accept(config);
        return write();
    }

    private TestBundle write() {
        try {
            Files.writeString(directory.resolve("config.json"), config.toPrettyString());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
