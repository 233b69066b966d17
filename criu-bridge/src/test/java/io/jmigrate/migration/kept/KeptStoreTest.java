package io.jmigrate.migration.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.plan.KeptTerms;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.kept.KeptPages;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptStoreTest {
    private static final PageTarget PROCESS = new PageTarget.ProcessMemory(1);
    private static final Fingerprint B = new Fingerprint("b".repeat(64));
    private static final Fingerprint C = new Fingerprint("c".repeat(64));
    private static final int MIB = 1 << 20;

    @TempDir
    private Path directory;

    private KeptStore store(long bytesMax, Duration age) {
        return KeptStore.at(new KeptTerms(directory.resolve("kept"), bytesMax, age));
    }

    private KeptStore store() {
        return store(64 * MIB, Duration.ofHours(1));
    }

    private static void memory(PageTaker to, int mib) {
        for (int piece = 0; piece < mib; piece++) {
            byte[] content = new byte[MIB];
            new Random(piece).nextBytes(content);
            PageRun run = new PageRun(PROCESS, (long) piece * MIB, 256, PageContent.PRESENT);
            to.pages(run, ByteBuffer.wrap(content));
        }
    }

    private static void keep(KeptStore store, String container, Fingerprint peer, int mib) {
        try (Keeping keeping = store.begin(MigrationId.random(), container, peer)) {
            keeping.take(to -> memory(to, mib));
            keeping.complete();
        }
    }

    private static List<String> containers(KeptStore store) {
        return store.list().stream().map(KeptEntry::container).toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory.resolve("kept"))) {
            return all.toList();
        }
    }

    @Test
    void tellsWhatItHasToTheNodeThatItWentToAlone() {
        keep(store(), "web", B, 1);
        try (KeptPages kept = store().open("web", B).orElseThrow()) {
            assertThat(kept.pages()).isEqualTo(256);
            assertThat(kept.read(0, 256).remaining()).isEqualTo(MIB);
        }
        assertThat(store().open("web", C)).isEmpty();
        assertThat(store().open("db", B)).isEmpty();
    }

    @Test
    void isReadableByItsOwnerAlone() throws IOException {
        keep(store(), "web", B, 1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("kept"))))
                .isEqualTo("rwx------");
        assertThat(files()).hasSize(3).allSatisfy(file -> assertThat(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------"));
    }

    @Test
    void whatIsNotCompleteIsNothingAndGoes() throws IOException {
        try (Keeping keeping = store().begin(MigrationId.random(), "web", B)) {
            keeping.take(to -> memory(to, 1));
            assertThat(store().open("web", B)).isEmpty();
            store().expire();
            assertThat(files()).as("it is being written").hasSize(2);
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void whatSomebodyLeftThatWasKilledGoes() throws IOException {
        keep(store(), "web", B, 1);
        for (Path file : files()) {
            if (file.toString().endsWith(".json")) {
                Files.writeString(file, "{\"migration\":");
            }
        }
        assertThat(store().open("web", B)).isEmpty();
        store().expire();
        assertThat(files()).isEmpty();
    }

    @Test
    void takesNoMoreThanItMay() {
        KeptStore store = store(64 * MIB, Duration.ofHours(1));
        keep(store, "one", B, 20);
        keep(store, "two", B, 20);
        assertThat(containers(store)).containsExactly("one", "two");
        keep(store, "three", C, 20);
        assertThat(containers(store)).containsExactly("two", "three");
        assertThat(store.bytes()).isLessThan(64L * MIB);
        keep(store, "large", C, 80);
        assertThat(containers(store)).containsExactly("large");
        assertThat(store.bytes()).isBetween(40L * MIB, 64L * MIB);
    }

    @Test
    void takesLessWhenItMayTakeLess() {
        keep(store(), "one", B, 20);
        keep(store(), "two", B, 20);
        KeptStore smaller = store(30 * MIB, Duration.ofHours(1));
        smaller.expire();
        assertThat(containers(smaller)).containsExactly("two");
    }

    @Test
    void hasOneOfEachContainer() {
        keep(store(), "web", B, 1);
        keep(store(), "web", C, 2);
        assertThat(store().open("web", B)).isEmpty();
        assertThat(store().list()).hasSize(1);
    }

    @Test
    void nothingIsKeptTooLong() throws IOException {
        keep(store(), "web", B, 1);
        KeptStore impatient = store(64 * MIB, Duration.ZERO);
        while (impatient.list().size() > 0) {
            Thread.onSpinWait(); // a millisecond
        }
        assertThat(impatient.open("web", B)).isEmpty();
        impatient.expire();
        assertThat(files()).isEmpty();
    }

    @Test
    void canBeEmptied() throws IOException {
        keep(store(), "web", B, 1);
        assertThat(store().clear()).isEqualTo(256L * (4096 + 16));
        assertThat(files()).isEmpty();
    }

    @Test
    void whatIsOpenCanBeReadWhenItMakesRoom() {
        keep(store(), "web", B, 1);
        try (KeptPages kept = store().open("web", B).orElseThrow()) {
            store().clear();
            assertThat(kept.read(255, 1).remaining()).isEqualTo(4096);
        }
    }

    @Test
    void whatHasComeBackIsForgotten() throws IOException {
        keep(store(), "web", B, 1);
        try (KeptPages kept = store().open("web", B).orElseThrow()) {
            kept.forget();
            kept.forget();
        }
        assertThat(files()).isEmpty();
    }

    private Path plainFile(String name) throws IOException {
        return Files.writeString(directory.resolve("kept").resolve(name), "mine");
    }

    private void mode(String permissions) throws IOException {
        Files.setPosixFilePermissions(directory.resolve("kept"), PosixFilePermissions.fromString(permissions));
    }

    @Test
    void anEmptyDirectoryBecomesPrivate() throws IOException {
        Files.createDirectory(directory.resolve("kept"));
        mode("rwxr-xr-x");
        keep(store(), "web", B, 1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("kept"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aDirectoryThatOthersUseIsRefusedAndStaysAsItIs() throws IOException {
        Files.createDirectory(directory.resolve("kept"));
        Path mine = plainFile("letter.pages");
        mode("rwxr-xr-x");
        KeptSetting setting = KeptSetting.of(directory);
        assertThatThrownBy(() -> setting.become(Optional.of(store().terms())))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("others than its owner may use it");
        assertThatThrownBy(() -> store().begin(MigrationId.random(), "web", B)).isInstanceOf(Failure.class);
        assertThat(setting.read()).isEmpty();
        assertThat(files()).containsExactly(mine);
    }

    @Test
    void aLinkInTheDirectorysPlaceIsRefused() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve("kept"), elsewhere);
        assertThatThrownBy(() -> keep(store(), "web", B, 1)).hasMessageContaining("it is a link or a file");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void whatIsNotItsOwnStays() throws IOException {
        keep(store(), "web", B, 1);
        Path mine = plainFile("letter.pages");
        String name = MigrationId.random().value();
        Path sub = Files.createDirectory(directory.resolve("kept").resolve(name + ".pages"));
        Path link = Files.createSymbolicLink(
                directory.resolve("kept").resolve(MigrationId.random() + ".pages"), Path.of("/dev/zero"));
        store().expire();
        assertThat(store().clear()).isEqualTo(256L * (4096 + 16));
        assertThat(files()).containsExactlyInAnyOrder(mine, sub, link);
    }

    @Test
    void whatIsBeingKeptWhileTheServiceIsToldToKeepNothingGoes() throws IOException {
        KeptSetting setting = KeptSetting.of(directory);
        setting.become(Optional.of(store().terms()));
        try (Keeping keeping = KeptStore.of(directory).orElseThrow().begin(MigrationId.random(), "web", B)) {
            keeping.take(to -> memory(to, 1));
            setting.become(Optional.empty());
            keeping.complete();
            assertThat(store().list()).isEmpty();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void whatIsBeingKeptWhileTheServiceIsToldToKeepItElsewhereGoes() throws IOException {
        KeptSetting setting = KeptSetting.of(directory);
        setting.become(Optional.of(store().terms()));
        try (Keeping keeping = KeptStore.of(directory).orElseThrow().begin(MigrationId.random(), "web", B)) {
            keeping.take(to -> memory(to, 1));
            setting.become(Optional.of(new KeptTerms(directory.resolve("new"), 64 * MIB, Duration.ofHours(1))));
            keeping.complete();
        }
        assertThat(files()).isEmpty();
        assertThat(directory.resolve("new")).isEmptyDirectory();
    }

    @Test
    void forgetsAContainerWhereverItWent() {
        keep(store(), "web", B, 1);
        keep(store(), "db", C, 1);
        store().forget("web");
        assertThat(containers(store())).containsExactly("db");
    }

    @Test
    void anotherDirectoryThanTheServicesCanBeLookedAtAndEmptied() throws IOException {
        keep(store(), "web", B, 1);
        KeptStore found = KeptStore.at(
                new KeptTerms(directory.resolve("kept"), Long.MAX_VALUE, Duration.ofMillis(Long.MAX_VALUE)));
        assertThat(containers(found)).containsExactly("web");
        assertThat(found.clear()).isPositive();
        assertThat(files()).isEmpty();
    }

    @Test
    void aServiceSaysWhatIsKeptAndOneThatKeepsNothingEmptiesIt() throws IOException {
        KeptSetting setting = KeptSetting.of(directory);
        assertThat(KeptStore.of(directory)).isEmpty();
        setting.become(Optional.of(store().terms()));
        assertThat(KeptStore.of(directory).orElseThrow().terms()).isEqualTo(store().terms());
        keep(store(), "web", B, 1);
        setting.become(Optional.of(store(32 * MIB, Duration.ofHours(2)).terms()));
        assertThat(containers(store())).containsExactly("web");
        setting.become(Optional.empty());
        assertThat(KeptStore.of(directory)).isEmpty();
        assertThat(files()).isEmpty();
    }
}
