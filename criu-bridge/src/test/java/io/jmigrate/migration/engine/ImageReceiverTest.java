package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.pages.arrival.Bookkeeping;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReceiverTest {
    @TempDir
    private Path directory;

    private ImageReceiver receiver;

    @BeforeEach
    void open() {
        receiver = new ImageReceiver(directory, 100, Bookkeeping.ofThisProcess().open(100));
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private static void breaksTheProtocol(String message, ThrowingCallable act) {
        assertThatThrownBy(act)
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(MigrationCode.PEER_PROTOCOL));
    }

    @Test
    void keepsWhatItGets() {
        receiver.begin("core-1.img", 3);
        receiver.data(new byte[] {'a', 'b'});
        receiver.data(new byte[] {'c'});
        receiver.begin("tmpfs-dev-61.tar.gz.img", 0);
        receiver.begin("binfmt_misc-3.img", 0);
        receiver.begin("descriptors.json", 1);
        receiver.data(new byte[] {'['});
        receiver.requireComplete();
        receiver.close();
        assertThat(directory.resolve("core-1.img")).hasContent("abc");
        assertThat(directory.resolve("descriptors.json")).hasContent("[");
    }

    /** Memory comes as pages; its directories and links between them are this side's own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "parent",
                "parent.img/x.img",
                "round-1",
                "../core-1.img",
                "/etc/x.img",
                "..img",
                ".img",
                "",
                "restore.log",
                "core-1.img\n",
                "Core-1.img",
                "core-1.img.lock",
                "stats-dump",
                "criu.conf"
            })
    void refusesWhatIsNoImage(String name) {
        breaksTheProtocol("an image file of the name", () -> receiver.begin(name, 1));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesAnImageThatComesTwice() {
        receiver.begin("core-1.img", 0);
        breaksTheProtocol("the image core-1.img twice", () -> receiver.begin("core-1.img", 0));
    }

    @Test
    void doesNotWriteThroughALinkThatHasTheNameOfAnImage() throws IOException {
        Path victim = Files.writeString(directory.resolve("victim"), "untouched");
        Files.createSymbolicLink(directory.resolve("core-1.img"), victim);
        Files.createSymbolicLink(directory.resolve("core-2.img"), directory.resolve("new"));
        breaksTheProtocol("twice", () -> receiver.begin("core-1.img", 0));
        breaksTheProtocol("twice", () -> receiver.begin("core-2.img", 0));
        assertThat(victim).hasContent("untouched");
        assertThat(directory.resolve("new")).doesNotExist();
    }

    @Test
    void refusesMoreThanItWasToldToExpect() {
        receiver.begin("core-1.img", 60);
        breaksTheProtocol("more bytes than announced", () -> receiver.data(new byte[61]));
    }

    @Test
    void refusesImagesThatAreTooLargeTogetherBeforeTheyCome() {
        receiver.begin("core-1.img", 60);
        receiver.data(new byte[60]);
        breaksTheProtocol("far more images", () -> receiver.begin("core-2.img", 41));
        breaksTheProtocol("far more images", () -> receiver.begin("core-3.img", Long.MAX_VALUE));
        assertThat(directory.resolve("core-2.img")).doesNotExist();
    }

    @Test
    void countsACompressedPieceAsWhatItIsMadeOf() {
        receiver.begin("core-1.img", 60);
        breaksTheProtocol("more bytes than announced", () -> receiver.compressed(new byte[8], 61));
    }

    @Test
    void refusesWhatIsNothingCompressed() {
        receiver.begin("core-1.img", 60);
        assertThatThrownBy(() -> receiver.compressed(new byte[8], 60))
                .hasMessageContaining("what was compressed is not");
    }

    @Test
    void noticesWhatIsMissing() {
        receiver.begin("core-1.img", 2);
        receiver.data(new byte[1]);
        breaksTheProtocol("fewer bytes than announced", () -> receiver.begin("core-2.img", 1));
        breaksTheProtocol("fewer bytes than announced", receiver::requireComplete);
    }
}
