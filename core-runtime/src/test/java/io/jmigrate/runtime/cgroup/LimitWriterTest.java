package io.jmigrate.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.config.DeviceRule;
import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.spec.Specs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories of ordinary files in the place of cgroups: they keep what was written last. A file that is a directory refuses. */
class LimitWriterTest {
    @TempDir
    private Path top;

    private Path version2;
    private Path memory;

    @BeforeEach
    void make() throws IOException {
        version2 = Files.createDirectories(top.resolve("unified/c"));
        memory = Files.createDirectories(top.resolve("memory/c"));
    }

    private static Resources resources(String json) {
        String config = "{'linux': {'resources': " + json + "}}";
        return Resources.resolve(Specs.parse(config.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "config.json")
                .spec()
                .linux()
                .resources());
    }

    private void files(Path directory, String... namesAndTexts) throws IOException {
        for (String each : namesAndTexts) {
            String[] parts = each.split("=", 2);
            Files.writeString(directory.resolve(parts[0]), parts[1]);
        }
    }

    private CgroupPaths unified() {
        return new CgroupPaths(List.of(new CgroupPlace(List.of(), version2.getParent(), version2)));
    }

    private CgroupPaths hybrid() {
        return new CgroupPaths(List.of(
                new CgroupPlace(List.of("memory"), memory.getParent(), memory),
                new CgroupPlace(List.of(), version2.getParent(), version2)));
    }

    private static void assertFails(RuntimeCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure).hasMessageContaining(message);
        });
    }

    @Test
    void writesToTheFilesOfVersion2() throws IOException {
        files(version2, "memory.max=max", "memory.swap.max=max", "cpu.max=max 100000", "memory.high=max");

        LimitWriter.write(
                unified(),
                resources("{'memory': {'limit': 100, 'swap': 150}, 'cpu': {'quota': 5000},"
                        + " 'unified': {'memory.high': '90'}}"));

        assertThat(version2.resolve("memory.max")).hasContent("100");
        assertThat(version2.resolve("memory.swap.max")).hasContent("50");
        assertThat(version2.resolve("cpu.max")).hasContent("5000 100000");
        assertThat(version2.resolve("memory.high")).hasContent("90");
    }

    @Test
    void takesForEachControllerTheHierarchyThatHasIt() throws IOException {
        files(memory, "memory.limit_in_bytes=0");
        files(version2, "hugetlb.2MB.max=max");

        LimitWriter.write(
                hybrid(), resources("{'memory': {'limit': 100}, 'hugepageLimits': [{'pageSize': '2MB', 'limit': 0}]}"));

        assertThat(memory.resolve("memory.limit_in_bytes")).hasContent("100");
        assertThat(version2.resolve("hugetlb.2MB.max")).hasContent("0");
    }

    @Test
    void writesNothingIfAFileIsMissing() throws IOException {
        files(version2, "memory.max=max");

        assertFails(
                RuntimeCode.UNSUPPORTED,
                "this host can't set $.linux.resources.network.classID: there is no file " + version2,
                () -> LimitWriter.write(unified(), resources("{'memory': {'limit': 1}, 'network': {'classID': 1}}")));
        assertThat(version2.resolve("memory.max")).hasContent("max");
    }

    @Test
    void missesAVersion2HierarchyThatIsAskedFor() {
        CgroupPaths version1 = new CgroupPaths(List.of(new CgroupPlace(List.of("memory"), memory.getParent(), memory)));

        assertFails(
                RuntimeCode.UNSUPPORTED,
                "$.linux.resources.unified[\"memory.high\"]: there is no version 2 cgroups",
                () -> LimitWriter.write(version1, resources("{'unified': {'memory.high': '1'}}")));
        assertFails(
                RuntimeCode.UNSUPPORTED,
                "$.linux.resources.pids.limit: there is no cgroup hierarchy",
                () -> LimitWriter.write(version1, resources("{'pids': {'limit': 1}}")));
    }

    @Test
    void putsEarlierValuesBackWhenOneIsRefused() throws IOException {
        files(version2, "memory.max=5", "memory.low=7");
        Files.createDirectory(version2.resolve("pids.max"));

        assertFails(
                RuntimeCode.LIMIT_REFUSED,
                "cannot write \"3\" to " + version2.resolve("pids.max") + " for $.linux.resources.pids.limit: ",
                () -> LimitWriter.write(
                        unified(), resources("{'memory': {'limit': 9, 'reservation': 8}, 'pids': {'limit': 3}}")));
        assertThat(version2.resolve("memory.max")).hasContent("5");
        assertThat(version2.resolve("memory.low")).hasContent("7");
    }

    @Test
    void refusesLimitsBelowWhatIsInUseIfAskedTo() throws IOException {
        files(memory, "memory.limit_in_bytes=500", "memory.usage_in_bytes=300");

        assertFails(
                RuntimeCode.LIMIT_REFUSED,
                "$.linux.resources.memory.limit, 300 bytes, is not above the 300 bytes that are in use",
                () -> LimitWriter.write(hybrid(), resources("{'memory': {'limit': 300, 'checkBeforeUpdate': true}}")));
        assertThat(memory.resolve("memory.limit_in_bytes")).hasContent("500");
        LimitWriter.write(hybrid(), resources("{'memory': {'limit': 301, 'checkBeforeUpdate': true}}"));
        assertThat(memory.resolve("memory.limit_in_bytes")).hasContent("301");
    }

    @Test
    void deniesAllDevicesThenFollowsTheRulesThenAllowsTheDefaultOnes() {
        DeviceRule rule = new DeviceRule(true, 'b', Optional.of(8L), Optional.empty(), "r");

        List<String> lines = DeviceSettings.of(Arrays.asList(rule)).stream()
                .map(setting -> setting.file() + "=" + setting.value())
                .toList();

        assertThat(lines)
                .startsWith("devices.deny=a *:* rwm", "devices.allow=b 8:* r")
                .contains("devices.allow=c 1:3 rwm", "devices.allow=c 136:* rwm");
    }
}
