package io.jmigrate.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.cli.Called;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of runC's checkpoint and restore, given for a container that isn't there. */
class RuncOptionsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "--status-fd 3, --status-fd needs --lazy-pages",
        "--lazy-pages, --lazy-pages needs --page-server",
        "--lazy-pages --page-server 127.0.0.1:1 --leave-running, --lazy-pages gives the container away",
        "--lazy-pages --page-server 127.0.0.1:1 --auto-dedup, --lazy-pages gives the container away",
        "--lazy-pages --page-server 127.0.0.1:1 --pre-dump, --lazy-pages gives the container away",
        "--lazy-pages --page-server 127.0.0.1:1 --export a, --lazy-pages is for a container and its image directory",
        "--lazy-pages --page-server 127.0.0.1:1 --pid 1, --lazy-pages is for a container and its image directory",
        "--lazy-pages --page-server 127.0.0.1:1 --status-fd 77, descriptor 77 is not open",
        "--lazy-pages --page-server 127.0.0.1:1 --status-fd -1, is not a whole number",
    })
    void ofLazyCheckpointsThatDoNotGoTogetherAreRefused(String words, String why) {
        Called called = called("checkpoint " + words);

        assertThat(called.err()).contains(why);
        assertThat(called.status()).isEqualTo(2);
    }

    @Test
    void aLazyCheckpointNeedsAnAddressOfThisMachine() {
        Called called = called("checkpoint --lazy-pages --page-server 192.0.2.1:7");

        assertThat(called.err()).contains("cannot listen at 192.0.2.1, port 7: ");
        assertThat(called.status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "checkpoint --empty-ns network --manage-cgroups-mode soft",
                "checkpoint --pre-dump",
                "checkpoint --lazy-pages --page-server 127.0.0.1:7001",
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

    @ParameterizedTest
    @CsvSource({
        "--parent-path /earlier, --parent-path must be relative to the image directory",
        "--parent-path /earlier --export a, --export and --parent-path exclude each other",
        "--lazy-pages --page-server 127.0.0.1:1 --parent-path ../earlier, --lazy-pages gives the container away",
    })
    void theEarlierDumpHasToFit(String words, String why) {
        Called called = called("checkpoint " + words);

        assertThat(called.err()).contains(why);
        assertThat(called.status()).isEqualTo(2);
    }

    @Test
    void placesExcludeEachOther() {
        assertThat(called("checkpoint --export a --image-path b").status()).isEqualTo(2);
        assertThat(called("restore --import a --image-path b").status()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clone --identity key", "clone --passphrase-file phrase"})
    void imageDirectoriesAreNotEncrypted(String words) {
        Called called = Called.in(directory, (words + " .").split(" "));

        assertThat(called.err()).contains("only an exported file can be encrypted");
        assertThat(called.status()).isEqualTo(2);
    }

    private Called called(String words) {
        return Called.in(directory, ("--root " + directory.resolve("root") + " " + words + " web").split(" "));
    }
}
