package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.policy.Compress;
import org.junit.jupiter.api.Test;

/** A link and a compressor of certain rates, and what becomes of memory on its way through them. */
class CompressionGaugeTest {
    private static final long RUN = 1 << 20;
    private static final double NANOS = 1e9;
    private static final long BUFFERS = 10 << 20;

    private long now;
    private long waiting;
    private long compressed;

    /** Sends so many MiB, with buffers before the link that take in a part at once. */
    private void send(CompressionGauge gauge, int mib, double link, double compressor, double part) {
        for (int i = 0; i < mib; i++) {
            long bytes = RUN;
            if (gauge.compressesNext(RUN)) {
                long nanos = (long) (RUN / compressor * NANOS);
                pass(nanos, link);
                bytes = (long) (RUN * part);
                gauge.compressed(RUN, bytes, nanos);
                compressed++;
            }
            waiting += bytes;
            long nanos = (long) (Math.max(0, waiting - BUFFERS) / link * NANOS) + 1000;
            pass(nanos, link);
            gauge.sent(RUN, bytes, nanos, now);
        }
    }

    private void pass(long nanos, double link) {
        now += nanos;
        waiting = Math.max(0, waiting - (long) (nanos / NANOS * link));
    }

    private CompressionGauge gauge(Compress choice) {
        return new CompressionGauge(choice, 1, now);
    }

    @Test
    void compressesMostOverASlowLink() {
        send(gauge(Compress.AUTO), 1024, 125e6, 300e6, 0.4);
        assertThat(compressed).isGreaterThan(850);
    }

    @Test
    void compressesSamplesAloneOverAFastLink() {
        send(gauge(Compress.AUTO), 1024, 1e9, 300e6, 0.4);
        assertThat(compressed).isLessThan(60);
    }

    @Test
    void compressesSamplesAloneOfWhatDoesNotGetSmaller() {
        send(gauge(Compress.AUTO), 1024, 125e6, 3e9, 1);
        assertThat(compressed).isLessThan(60);
    }

    @Test
    void noticesWhenTheLinkBecomesFaster() {
        CompressionGauge gauge = gauge(Compress.AUTO);
        send(gauge, 512, 125e6, 300e6, 0.4);
        compressed = 0;
        send(gauge, 1024, 2e9, 300e6, 0.4);
        assertThat(compressed).isLessThan(512);
    }

    /** Small rounds are in the buffers at once, and the link shows in the wait for the answer. */
    @Test
    void measuresTheLinkByTheWaitForTheAnswerToo() {
        CompressionGauge gauge = gauge(Compress.AUTO);
        for (int round = 0; round < 100; round++) {
            send(gauge, 8, 125e6, 300e6, 0.4);
            long nanos = (long) (waiting / 125e6 * NANOS);
            pass(nanos, 125e6);
            gauge.waited(nanos);
        }
        assertThat(compressed).isGreaterThan(600);
    }

    @Test
    void doesWhatItIsTold() {
        send(gauge(Compress.OFF), 64, 1e6, 300e6, 0.1);
        assertThat(compressed).isZero();
        send(gauge(Compress.ZSTD), 64, 1e9, 30e6, 1);
        assertThat(compressed).isEqualTo(64);
    }
}
