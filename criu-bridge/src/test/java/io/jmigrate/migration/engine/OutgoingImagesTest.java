package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.Patience;
import io.jmigrate.migration.policy.Compress;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.migration.wire.LocalChannel;
import io.jmigrate.pages.arrival.Bookkeeping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that go compressed or as they are: what the other end has of them. */
@Timeout(60)
class OutgoingImagesTest {
    private static final int BYTES = 3_000_000;
    private static final double SLOW = 1e6;
    private static final double FASTER_THAN_ANY = 1e15;

    private final LocalChannel[] link = LocalChannel.pair();

    @TempDir
    private Path directory;

    private Path here;
    private Path there;

    @BeforeEach
    void makeImages() throws IOException {
        here = Files.createDirectory(directory.resolve("here"));
        there = Files.createDirectory(directory.resolve("there"));
        byte[] noise = new byte[BYTES / 2];
        new Random(1).nextBytes(noise);
        Files.write(here.resolve("pages-1.img"), new byte[BYTES]);
        Files.write(here.resolve("pages-2.img"), noise);
        Files.writeString(here.resolve("core-1.img"), "small");
        Files.createFile(here.resolve("fs-1.img"));
        Files.writeString(here.resolve("dump.log"), "stays");
    }

    private long send(Compress choice, double linkRate) {
        try (OutgoingImages images = new OutgoingImages(link[0].data(), choice, linkRate)) {
            long bytes = images.send(here);
            link[0].data().send(new DataMessage.PagesEnd(0, true));
            return bytes;
        }
    }

    /** @return how many pieces were compressed */
    private int receive() {
        Data in = link[1].data();
        int compressed = 0;
        try (ImageReceiver receiver =
                new ImageReceiver(there, 4L * BYTES, Bookkeeping.ofThisProcess().open(4L * BYTES))) {
            while (true) {
                switch (in.receive(Patience.LIMIT)) {
                    case DataMessage.Image m -> receiver.begin(m.name(), m.size());
                    case DataMessage.ImageData m -> receiver.data(m.data());
                    case DataMessage.CompressedImageData m -> {
                        receiver.compressed(m.data(), m.length());
                        compressed++;
                    }
                    default -> {
                        receiver.requireComplete();
                        return compressed;
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Compress.class)
    void allButLogsArriveAsTheyAre(Compress choice) throws IOException {
        send(choice, SLOW);
        receive();

        for (String name : new String[] {"pages-1.img", "pages-2.img", "core-1.img", "fs-1.img"}) {
            assertThat(there.resolve(name)).hasSameBinaryContentAs(here.resolve(name));
        }
        assertThat(there.resolve("dump.log")).doesNotExist();
    }

    @Test
    void whatGetsSmallerIsCompressedForASlowLink() {
        assertThat(send(Compress.AUTO, SLOW)).isLessThan(BYTES);
        assertThat(receive()).isGreaterThan(1);
    }

    @Test
    void nothingButSamplesIsCompressedForAFastLink() {
        send(Compress.AUTO, FASTER_THAN_ANY);
        assertThat(receive()).isLessThanOrEqualTo(2);
    }

    @Test
    void nothingIsCompressedForALinkThatWasNotMeasured() {
        assertThat(send(Compress.AUTO, 0)).isGreaterThan(BYTES);
        assertThat(receive()).isZero();
    }

    @Test
    void nothingIsCompressedThatIsNotToBe() {
        send(Compress.OFF, SLOW);
        assertThat(receive()).isZero();
    }
}
