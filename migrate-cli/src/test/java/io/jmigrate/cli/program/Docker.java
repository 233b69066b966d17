package io.jmigrate.cli.program;

import static io.jmigrate.cli.Called.said;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.cli.Called;
import io.jmigrate.node.fixture.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A dockerd on a containerd of its own, with the program of the built tree as a runtime, an image of busybox and no network. */
final class Docker implements AutoCloseable {
    static final String IMAGE = "runtime-test";
    private static final Path PROGRAM = Path.of("/usr/sbin/dockerd");
    private static final Path CLIENT = Path.of("/usr/bin/docker");
    /** dockerd makes it wherever its other files are. */
    private static final Path KEY = Path.of("/etc/docker/key.json");

    private final Containerd containerd;
    private final boolean hadKey = Files.exists(KEY);
    private Daemon daemon;

    private Docker(Containerd containerd) {
        this.containerd = containerd;
    }

    /** Skips where Docker is not installed. */
    static Docker in(Path directory) throws IOException {
        assumeTrue(Files.isExecutable(PROGRAM) && Files.isExecutable(CLIENT), "Docker is not installed");
        Docker docker = new Docker(Containerd.in(directory));
        try {
            docker.start();
            return docker;
        } catch (RuntimeException | Error e) {
            docker.close();
            throw e;
        }
    }

    private void start() throws IOException {
        Path configuration = containerd.path("daemon.json");
        new ObjectMapper().writeValue(configuration.toFile(), configuration());
        daemon = Daemon.start(
                List.of(PROGRAM.toString(), "--config-file", configuration.toString()),
                containerd.environment(),
                containerd.path("dockerd.log"),
                () -> run("version").status() == 0);
        Path archive = containerd.path("image.tar");
        Programs.run("tar", "-C", containerd.rootfs().toString(), "-cf", archive.toString(), ".");
        said(run("import", archive.toString(), IMAGE));
    }

    private Map<String, Object> configuration() {
        return Map.ofEntries(
                Map.entry("runtimes", Map.of("jmigrate", Map.of("path", InstalledProgram.FRONT.toString()))),
                Map.entry("default-runtime", "jmigrate"),
                Map.entry("containerd", containerd.socket().toString()),
                Map.entry("hosts", List.of(host())),
                Map.entry("data-root", containerd.path("docker").toString()),
                Map.entry("exec-root", containerd.path("exec").toString()),
                Map.entry("pidfile", containerd.path("dockerd.pid").toString()),
                Map.entry("cgroup-parent", "/" + containerd.cgroup()),
                Map.entry("exec-opts", List.of("native.cgroupdriver=cgroupfs")),
                Map.entry("storage-driver", "vfs"),
                Map.entry("experimental", true), // for checkpoints
                Map.entry("bridge", "none"),
                Map.entry("iptables", false),
                Map.entry("ip6tables", false),
                Map.entry("ip-forward", false));
    }

    private String host() {
        return "unix://" + containerd.path("docker.sock");
    }

    /** Runs its client to the end. */
    Called run(String... words) {
        return containerd.call(words(words));
    }

    /** What Docker gives a container without options is no more than its own config.json grants: an archive of it is restored so. */
    void requireThatAnArchiveFits(String id) throws IOException {
        String archive = containerd.path("web.tar").toString();
        said(runtime("checkpoint", "--leave-running", "--export", archive, id));
        Path bundle = Files.createDirectory(containerd.path("again"));
        Path made = containerd.path("state/io.containerd.runtime.v2.task/moby/" + id + "/config.json");
        Files.copy(made, bundle.resolve("config.json"));
        BundleConfig.change(bundle, config -> {
            config.remove("hooks"); // they are the daemon's, which waits for them
            String cgroup = config.at("/linux/cgroupsPath").asText() + "-again";
            config.withObject("/linux").put("cgroupsPath", cgroup);
        });
        said(runtime("restore", "--detach", "--import", archive, "--bundle", bundle.toString(), "again"));
        said(runtime("delete", "--force", "again"));
    }

    /** Runs the program on the containers that it has made for Docker. */
    private Called runtime(String... words) {
        String root = containerd.path("exec/runtime-runc/moby").toString();
        List<String> all = new ArrayList<>(List.of(InstalledProgram.FRONT.toString(), "--root", root));
        all.addAll(List.of(words));
        return containerd.call(all);
    }

    /** Runs a verb that makes a container, which has no network unless the options say so. */
    Called make(String verb, String... words) {
        return containerd.call(making(verb, words));
    }

    List<String> making(String verb, String... words) {
        List<String> all = new ArrayList<>(words(verb));
        if (List.of(words).stream().noneMatch(word -> word.startsWith("--network="))) {
            all.add("--network=none");
        }
        all.addAll(List.of(words));
        return all;
    }

    /** Runs docker at a terminal to its end. */
    Called atTerminal(AtTerminal terminal, List<String> steps, List<String> words) {
        return containerd.call(terminal.words(steps, words));
    }

    List<String> words(String... words) {
        List<String> all = new ArrayList<>(List.of(CLIENT.toString(), "--host=" + host()));
        all.addAll(List.of(words));
        return all;
    }

    /** Removes all containers. */
    void clear() {
        for (String id : said(run("ps", "--all", "--quiet")).lines().toList()) {
            said(run("rm", "--force", "--volumes", id));
        }
    }

    @Override
    public void close() {
        try (containerd) {
            if (daemon != null) {
                try (Daemon _ = daemon) {
                    clear();
                }
            }
            if (!hadKey) {
                Files.deleteIfExists(KEY);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
