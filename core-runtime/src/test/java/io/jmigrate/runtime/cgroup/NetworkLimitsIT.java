package io.jmigrate.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.Patience;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.spec.Specs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The controllers that mark packets, in a v1 hierarchy that is mounted for the test where the host has none: in a mount namespace of its
 * own, as other tests' containers would be put into it too.
 */
class NetworkLimitsIT {
    @TempDir
    private Path mountPoint;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "net_cls  | \"classID\": 1048577 | net_cls.classid | 1048577",
                "net_prio | \"priorities\": [{\"name\": \"lo\", \"priority\": 5}] | net_prio.ifpriomap | lo 5"
            })
    void markPackets(String controller, String limit, String file, String expected) throws Exception {
        assumeTrue(Processes.effectiveUid() == 0, "cgroups need root");
        assumeTrue(isThere(controller), "this kernel has no controller " + controller + " that may be mounted");
        Process mounter = mounter(controller);
        int before = cgroups(controller);
        Path hierarchy = Path.of("/proc/" + mounter.pid() + "/root" + mountPoint);
        Path directory = hierarchy.resolve("jmnet" + mounter.pid());
        try {
            Cgroup cgroup = Cgroups.ofHost()
                    .open(new CgroupPaths(List.of(new CgroupPlace(List.of(controller), hierarchy, directory))));
            cgroup.create();
            cgroup.update(resources(limit));
            assertThat(Files.readAllLines(directory.resolve(file))).contains(expected);
        } finally {
            try {
                Files.deleteIfExists(directory);
                // a hierarchy stays without a mount while a cgroup in it is going (kernel/cgroup/cgroup.c)
                await().until(() -> cgroups(controller) <= before);
            } finally {
                end(mounter);
            }
        }
    }

    /** Whether there is one that is in use nowhere, or in a hierarchy that has been mounted by such a test before. */
    private static boolean isThere(String controller) throws IOException {
        return Files.readAllLines(Path.of("/proc/cgroups")).stream()
                        .anyMatch(line -> line.startsWith(controller + "\t"))
                && MountInfo.ofSelf().stream()
                        .noneMatch(mount -> mount.fstype().equals("cgroup")
                                && List.of(mount.superOptions().split(",")).contains(controller));
    }

    /** How many cgroups its hierarchy has. */
    private static int cgroups(String controller) throws IOException {
        return Files.readAllLines(Path.of("/proc/cgroups")).stream()
                .map(line -> line.split("\t"))
                .filter(fields -> fields[0].equals(controller))
                .mapToInt(fields -> Integer.parseInt(fields[2]))
                .findFirst()
                .orElseThrow();
    }

    private static Resources resources(String limit) {
        String json = "{\"linux\": {\"resources\": {\"network\": {" + limit + "}}}}";
        return Resources.resolve(Specs.parse(json.getBytes(StandardCharsets.UTF_8), "config.json")
                .spec()
                .linux()
                .resources());
    }

    /** It goes when its input ends, and the mount with it. */
    private Process mounter(String controller) throws IOException {
        String script = "mount -t cgroup -o $1 jm $2 && echo mounted && read line";
        Process process = new ProcessBuilder(
                        "unshare", "--mount", "sh", "-c", script, "sh", controller, mountPoint.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("mounted");
        return process;
    }

    private static void end(Process mounter) throws IOException, InterruptedException {
        mounter.outputWriter().close();
        assertThat(mounter.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }
}
