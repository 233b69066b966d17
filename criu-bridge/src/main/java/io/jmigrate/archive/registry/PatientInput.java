package io.jmigrate.archive.registry;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** What comes from a registry, as long as it comes. That it ends too early is a failure of the registry's. */
final class PatientInput extends InputStream {
    /** Small enough to come in time over any link, large enough that waiting for it in another thread costs little. */
    private static final int PIECE_BYTES = 64 << 10;

    private final InputStream in;
    private final Patience patience;
    private final Duration silence;
    private final RegistryTrouble trouble;

    PatientInput(InputStream in, Patience patience, Duration silence, RegistryTrouble trouble) {
        this.in = in;
        this.patience = patience;
        this.silence = silence;
        this.trouble = trouble;
    }

    @Override
    public int read() {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            int most = Math.min(length, PIECE_BYTES);
            int count = patience.await(silence, () -> in.readNBytes(bytes, offset, most));
            return count == 0 && most > 0 ? -1 : count;
        } catch (IOException e) {
            throw trouble.of(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
