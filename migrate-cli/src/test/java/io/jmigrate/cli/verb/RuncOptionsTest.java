package io.jmigrate.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of runC's checkpoint and restore, given for a container that isn't there. */
class RuncOptionsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint --lazy-pages", "checkpoint --status-fd 3"})
    void areRefusedByName(String words) {
        Called called = called(words);

        assertThat(called.status()).isEqualTo(1);
        assertThat(called.err()).startsWith("jmigrate: " + words.split(" ")[1]).contains("is not supported: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "checkpoint --empty-ns network --manage-cgroups-mode soft",
                "checkpoint --pre-dump",
                "checkpoint --page-server localhost:1 --auto-dedup --ext-unix-sk --manage-cgroups-mode strict",
                "restore --empty-ns network --manage-cgroups-mode soft",
                "restore --lazy-pages --ext-unix-sk --manage-cgroups-mode full",
                "restore --auto-dedup",
                "restore --lsm-mount-context a",
            })
    void thatAreActedOnComeAsFarAsTheContainer(String words) {
        Called called = called(words);

        assertThat(called.status()).as(called.err()).isNotZero();
        assertThat(called.err()).doesNotContain("not supported").doesNotContain("--help");
    }

    @Test
    void noPivotIsTakenByARestoreWithAWarning() {
        assertThat(called("restore --no-pivot").err()).contains("--no-pivot does not matter to a restore");
        assertThat(called("restore").err()).doesNotContain("--no-pivot");
    }

    @Test
    void placesExcludeEachOther() {
        assertThat(called("checkpoint --export a --image-path b").status()).isEqualTo(2);
        assertThat(called("restore --import a --image-path b").status()).isEqualTo(2);
    }

    private Called called(String words) {
        return Called.in(directory, ("--root " + directory.resolve("root") + " " + words + " web").split(" "));
    }
}
