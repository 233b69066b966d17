package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.image.entry.CgroupNode;
import io.jmigrate.criu.image.entry.CgroupProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What changed images say of cgroups where those of version 2 are all that there is. */
@Timeout(120)
class StrangersVersion2IT {
    private static final Called DONE = new Called(0, "", "");

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private Version2Alone host;
    private InstalledProgram program;
    private Path bundle;
    private UnpackedArchive unpacked;

    @BeforeEach
    void export() throws IOException {
        Busybox.requireContainers();
        host = Version2Alone.in(directory);
        program = host.program();
        bundle = bundle();
        assertThat(program.run("run", "--detach", "--bundle", bundle.toString(), id))
                .isEqualTo(DONE);
        Awaitility.await()
                .until(() -> program.run("ps", "--format", "json", id).out().contains(","));
        assertThat(program.run("checkpoint", "--compress", "none", "--export", archive(), id))
                .isEqualTo(DONE);
        unpacked = UnpackedArchive.of(Path.of(archive()), directory.resolve("unpacked"));
    }

    /** One process in the container's cgroup and one in another below that. */
    private Path bundle() throws IOException {
        String script = "mkdir /sys/fs/cgroup/below; sleep 300 & echo $! > /sys/fs/cgroup/below/cgroup.procs; wait";
        return BundleConfig.change(Busybox.bundle(directory, "sh", "-c", script), Version2Alone::viewOfItsOwn);
    }

    @AfterEach
    void close() {
        if (host != null) {
            host.close();
        }
    }

    private String archive() {
        return directory.resolve("theirs.tar").toString();
    }

    private Called restore(String... options) {
        List<String> words = new ArrayList<>(List.of("restore", "--detach"));
        words.addAll(List.of(options));
        words.addAll(List.of("--bundle", bundle.toString(), id));
        return program.run(words.toArray(String[]::new));
    }

    /** The container's own and the one below, as the images have them. */
    private static CgroupNode.Builder own(CgroupEntry.Builder entry) {
        return entry.getControllersBuilder(0).getDirsBuilder(0);
    }

    private static CgroupProperty file(CgroupNode.Builder like, String name, String value) {
        return like.getProperties(0).toBuilder().setName(name).setValue(value).build();
    }

    /** Where the first process is, as this host names it in version 2. */
    private String cgroup() throws IOException {
        int pid = new ObjectMapper()
                .readTree(program.run("state", id).out())
                .path("pid")
                .asInt();
        return Files.readAllLines(Path.of("/proc/" + pid + "/cgroup")).stream()
                .filter(line -> line.startsWith("0::"))
                .findFirst()
                .orElseThrow()
                .substring(3);
    }

    private void assertRefused(Called called, String... sentences) throws IOException {
        assertThat(called.err()).contains(sentences);
        assertThat(called.status()).isEqualTo(ExitCode.REFUSED.status());
        assertThat(program.run("list", "--quiet").out()).isEmpty();
        assertThat(Podman.cgroups(id)).isEmpty();
    }

    @Test
    void limitsHoldBelowTheContainersOwnCgroupAlone() throws IOException {
        unpacked.changeCgroups(entry -> {
            CgroupNode.Builder own = own(entry);
            own.getDirPermsBuilder().setUid(65534);
            CgroupNode.Builder below = own.getChildrenBuilder(0);
            CgroupProperty depth = file(below, "cgroup.max.depth", "5");
            own.clearProperties().addProperties(depth);
            CgroupProperty pressure = file(below, "cgroup.pressure", "0");
            below.clearProperties().addProperties(depth).addProperties(pressure);
        });

        assertThat(restore("--import", archive())).isEqualTo(DONE);

        Path own = host.directory(cgroup());
        assertThat(own.getFileName().toString()).startsWith(id);
        assertThat(Files.getAttribute(own, "unix:uid")).isEqualTo(0);
        assertThat(own.resolve("cgroup.max.depth")).hasContent("max");
        assertThat(Files.readAllLines(own.resolve("below/cgroup.procs"))).hasSize(1);
        assertThat(own.resolve("below/cgroup.max.depth")).hasContent("5");
        assertThat(own.resolve("below/cgroup.pressure")).hasContent("1");
    }

    @Test
    void placesOutsideOfTheContainersCgroupAreRefused() throws IOException {
        String theirs = "theirs-of-" + id;
        unpacked.changeCgroups(entry -> {
            entry.getControllersBuilder(0)
                    .addDirs(own(entry).build().toBuilder().setDirName(theirs));
            entry.getSetsBuilder(1).getCtlsBuilder(0).setPath("/").clearCgnsPrefix();
        });

        assertRefused(
                restore("--import", archive()),
                "\"" + id + "\": its images put it outside of its cgroups\n",
                "\n    /" + theirs + " is not below its cgroup /",
                "\n    / is not below its cgroup /",
                "--manage-cgroups-mode ignore");
        assertThat(restore("--import", archive(), "--allow-images", "namespaces", "--manage-cgroups-mode", "ignore"))
                .isEqualTo(DONE);
        assertThat(Podman.cgroups(theirs)).isEmpty();
        assertThat(host.directory(cgroup()).resolve("below")).doesNotExist();
    }

    /** CRIU would wait for processes that it has put there, and can't run. */
    @Test
    void cgroupsThatWereFrozenAreRunning() throws IOException {
        unpacked.changeCgroups(entry -> {
            CgroupNode.Builder below = own(entry).getChildrenBuilder(0);
            CgroupProperty frozen = file(below, "cgroup.freeze", "1");
            below.clearProperties().addProperties(frozen);
        });

        assertThat(restore("--import", archive())).isEqualTo(DONE);

        Path below = host.directory(cgroup()).resolve("below");
        assertThat(Files.readAllLines(below.resolve("cgroup.procs"))).hasSize(1);
        assertThat(below.resolve("cgroup.freeze")).hasContent("0");
    }

    /** Whoever has made the images: by these CRIU puts a process there before anybody looks. */
    @Test
    void treesThatCriuHasPutElsewhereAreEnded() throws IOException {
        unpacked.changeCgroups(
                entry -> entry.getSetsBuilder(1).getCtlsBuilder(0).setPath("/").clearCgnsPrefix());

        assertRefused(
                restore("--image-path", unpacked.images().toString()),
                "cannot restore container \"" + id + "\": CRIU has put its process ",
                " into the cgroup /, which is not below /");
    }
}
