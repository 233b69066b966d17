package io.jmigrate.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.Patience;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.config.Resources;
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

/** The controllers that mark packets, in a v1 hierarchy that is mounted for the test where the host has none. */
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
        assumeTrue(
                Files.readAllLines(Path.of("/proc/cgroups")).stream()
                        .anyMatch(line -> line.startsWith(controller + "\t0\t")),
                "this kernel has no controller " + controller + " that is free");
        run("mount", "-t", "cgroup", "-o", controller, "jm", mountPoint.toString());
        Path directory = mountPoint.resolve("jmnet");
        try {
            Cgroup cgroup = Cgroups.ofHost()
                    .open(new CgroupPaths(List.of(new CgroupPlace(List.of(controller), mountPoint, directory))));
            cgroup.create();
            cgroup.update(resources(limit));
            assertThat(Files.readAllLines(directory.resolve(file))).contains(expected);
        } finally {
            Files.deleteIfExists(directory);
            run("umount", mountPoint.toString());
        }
    }

    private static Resources resources(String limit) {
        String json = "{\"linux\": {\"resources\": {\"network\": {" + limit + "}}}}";
        return Resources.resolve(Specs.parse(json.getBytes(StandardCharsets.UTF_8), "config.json")
                .spec()
                .linux()
                .resources());
    }

    private static void run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        assertThat(process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(process.exitValue())
                .as(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
    }
}
