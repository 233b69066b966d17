package io.jmigrate.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of runC's checkpoint and restore that this program doesn't act on. */
class RuncOptionsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "checkpoint --pre-dump",
                "checkpoint --parent-path .",
                "checkpoint --lazy-pages",
                "checkpoint --status-fd 3",
                "checkpoint --page-server localhost:1",
                "checkpoint --ext-unix-sk",
                "checkpoint --auto-dedup",
                "checkpoint --empty-ns ipc",
                "checkpoint --manage-cgroups-mode strict",
                "restore --lazy-pages",
                "restore --ext-unix-sk",
                "restore --auto-dedup",
                "restore --empty-ns ipc",
                "restore --manage-cgroups-mode full",
                "restore --lsm-profile a:b",
                "restore --lsm-mount-context a",
            })
    void areRefusedByName(String words) {
        Called called = called(words);

        assertThat(called.status()).isEqualTo(1);
        assertThat(called.err()).startsWith("jmigrate: " + words.split(" ")[1]).contains("is not supported: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", "restore"})
    void areTakenWhereTheyAskForWhatIsDoneAnyway(String verb) {
        Called called = called(verb + " --empty-ns network --manage-cgroups-mode soft");

        assertThat(called.err()).doesNotContain("not supported");
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
