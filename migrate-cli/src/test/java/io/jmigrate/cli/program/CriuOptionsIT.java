package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Options and configuration files that CRIU gets, on a container that is dumped and restored with each. */
@Timeout(120)
class CriuOptionsIT extends InOneService {
    private static final String LISTEN = """
            import socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[1])
            while True: sys.stdout.write(s.recv(4096).decode()); sys.stdout.flush()
            """;

    private Path bundle;
    private Path configuration;
    private Path images;

    @BeforeEach
    void run() throws IOException {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served();
        configuration = directory.resolve("criu.conf");
        images = directory.resolve("images");
        bundle = BundleConfig.change(
                Busybox.bundle(directory, "/bin/sh", "-c", "exec 5<>/lines; while :; do echo >&5; sleep 0.02; done"),
                config -> config.withObject("/annotations").put("org.criu.config", configuration.toString()));
        start(bundle);
    }

    private Called checkpoint(String... options) {
        return with("checkpoint", options, id);
    }

    private Called restore(String... options) {
        return with("restore", options, "--detach", "--bundle", bundle.toString(), id);
    }

    private Called with(String verb, String[] options, String... others) {
        List<String> words = new ArrayList<>(List.of(verb, "--image-path", images.toString()));
        words.addAll(List.of(options));
        words.addAll(List.of(others));
        return program.run(words.toArray(String[]::new));
    }

    private void assertRuns() throws IOException {
        Path lines = bundle.resolve("rootfs/lines");
        await().until(() -> Files.exists(lines));
        long before = Files.size(lines);
        await().until(() -> Files.size(lines) > before);
    }

    private void assertNothingRuns() {
        assertThat(program.run("list", "--quiet").out()).isEmpty();
    }

    @Test
    void modesOfCgroupsAndAnEmptyNetwork() throws IOException {
        for (String[] options : new String[][] {
            {"--manage-cgroups-mode", "soft"},
            {"--manage-cgroups-mode", "full"},
            {"--manage-cgroups-mode", "ignore"},
            {"--empty-ns", "network"}
        }) {
            assertThat(checkpoint(options)).as(options[1]).isEqualTo(new Called(0, "", ""));
            assertThat(restore(options)).as(options[1]).isEqualTo(new Called(0, "", ""));
            assertRuns();
            images = directory.resolve("after-" + options[1]);
        }
    }

    @Test
    void whatIsRefusedAtARestoreLeavesTheImages() throws IOException {
        assertThat(checkpoint().err()).isEmpty();

        Called strict = restore("--manage-cgroups-mode", "strict");
        assertThat(strict.status()).isEqualTo(1);
        assertThat(strict.err()).contains("the container's cgroup is there already, as the runtime has made it");
        assertNothingRuns();
        assertThat(restore("--lsm-profile", "kind:name").status()).isEqualTo(2);
        if (!Files.isDirectory(Path.of("/sys/kernel/security/apparmor"))) {
            Called label = restore("--lsm-profile", "apparmor:name");
            assertThat(label.status()).isEqualTo(7);
            assertThat(label.err()).contains("with a label of AppArmor: this host's kernel does not use it");
        }
        if (!Files.isDirectory(Path.of("/sys/fs/selinux"))) {
            Called label = restore("--lsm-mount-context", "system_u:object_r:container_file_t:s0");
            assertThat(label.status()).isEqualTo(7);
            assertThat(label.err()).contains("with a label of SELinux: this host's kernel does not use it");
        }
        assertFilesAreVerified(bundle.resolve("rootfs/lines"));
        assertNothingRuns();

        assertThat(restore().err()).isEmpty();
        assertRuns();
    }

    /** The size of one that is open, and then its time alone; it ends as it was. */
    private void assertFilesAreVerified(Path open) throws IOException {
        long bytes = Files.size(open);
        Files.writeString(open, "more", StandardOpenOption.APPEND);
        Called larger = restore("--verify-files");
        assertThat(larger.status()).isEqualTo(4);
        assertThat(larger.err()).contains("had " + bytes + " bytes and has " + (bytes + 4));
        try (FileChannel file = FileChannel.open(open, StandardOpenOption.WRITE)) {
            file.truncate(bytes);
        }
        Called touched = restore("--verify-files");
        assertThat(touched.status()).isEqualTo(4);
        assertThat(touched.err()).contains("/lines was changed at ");
    }

    /** As a syslogd's, which has another name in the container. */
    @Test
    void whoSendsToASocketOfTheHostSendsOn() throws IOException {
        Path socket = directory.resolve("log.sock");
        Path received = directory.resolve("received");
        Process listener = new ProcessBuilder("python3", "-c", LISTEN, socket.toString())
                .redirectErrorStream(true)
                .redirectOutput(received.toFile())
                .start();
        try {
            await().until(() -> Files.exists(socket));
            String network = "/proc/" + ProcessHandle.current().pid() + "/ns/net";
            bundle = BundleConfig.change(
                    TestImages.bundle(directory, "holder", List.of("--holds", "log", "--netns", network)),
                    config -> config.withArray("mounts")
                            .addObject()
                            .put("destination", "/dev/log")
                            .put("type", "bind")
                            .put("source", socket.toString())
                            .putArray("options")
                            .add("bind"));
            succeed("delete", "--force", id);
            start(bundle);
            assertThat(checkpoint("--ext-unix-sk").err()).isEmpty();
            long before = Files.size(received);
            assertThat(restore("--ext-unix-sk").err()).isEmpty();
            await().until(() -> Files.size(received) > before + 100);
        } finally {
            listener.destroyForcibly();
        }
    }

    @Test
    void aConfigurationFileIsJudgedBeforeAnythingIsTouched() throws IOException {
        Called incremental = checkpoint("--pre-dump"); // where the kernel has soft-dirty bits it is done
        if (incremental.status() != 0) {
            assertThat(incremental.status()).isEqualTo(7);
            assertThat(incremental.err()).contains("CONFIG_MEM_SOFT_DIRTY").contains("nothing was touched");
            assertThat(images).doesNotExist();
            assertRuns();
        }
        images = directory.resolve("complete");

        Files.writeString(configuration, "leave-running\nno-such-thing\n");
        Called refused = checkpoint();
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains("CRIU's configuration file " + configuration + " says what can't be here")
                .contains("line 1: leave-running: what becomes of the container is decided by the command")
                .contains("line 2: no-such-thing: ");
        assertThat(images).doesNotExist();
        assertRuns();

        Files.writeString(configuration, "ghost-limit 10M\nenable-fs all\n");
        Called told = checkpoint();
        assertThat(told.status()).isZero();
        assertThat(told.err())
                .isEqualTo(
                        "jmigrate: warning: " + configuration
                                + ", line 1: ghost-limit overrides the command: the limit of deleted files that are open is no longer 256 MiB\n");
        assertThat(restore().status()).isZero();
        assertRuns();
    }

    @Test
    void memoryGoesToThePageServerOfAnotherCriu() throws IOException {
        Path pages = Files.createDirectory(directory.resolve("pages"));
        int port = FreePort.find();
        Process server = new ProcessBuilder(
                        CheckpointingPodman.criu().toString(),
                        "page-server",
                        "--images-dir",
                        pages.toString(),
                        "--address",
                        "127.0.0.1",
                        "--port",
                        "" + port,
                        "-o",
                        "server.log")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server").toFile())
                .start();
        try {
            await().until(() -> listens(port));
            Called told = checkpoint("--page-server", "127.0.0.1:" + port);
            assertThat(told.status()).as(told.err()).isZero();
            assertThat(told.err()).contains("memory is in the images of the page server 127.0.0.1:" + port);
            assertThat(InstalledProgram.status(server, "page-server")).isZero();
        } finally {
            server.destroyForcibly();
        }

        try (Stream<Path> files = Files.list(pages)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".img")).toList()) {
                Files.move(file, images.resolve(file.getFileName()));
            }
        }
        assertThat(restore().err()).isEmpty();
        assertRuns();
    }

    /** As proc_net_tcp of the kernel's documentation has it: 0A is LISTEN. */
    private static boolean listens(int port) throws IOException {
        return Files.readString(Path.of("/proc/net/tcp")).contains("%04X 00000000:0000 0A".formatted(port));
    }
}
