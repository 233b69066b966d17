package io.jmigrate.archive.oci;

import io.jmigrate.runtime.linux.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The bytes of a blob, of which the last is only given out if all of them have its digest. */
public final class ComparedInput extends PiecewiseInput {
    private final InputStream in;
    private final Blob blob;
    private final MessageDigest digest = Sha256.digest();
    private long left;

    private ComparedInput(InputStream in, Blob blob) {
        this.in = in;
        this.blob = blob;
        this.left = blob.bytes();
    }

    public static InputStream of(Blobs blobs, Blob blob) throws IOException {
        return new ComparedInput(blobs.open(blob), blob);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        if (count > 0) {
            left -= count;
            digest.update(bytes, offset, count);
        }
        boolean ends = left == 0 && count > 0;
        if (left < 0 || count < 0 && left > 0 || ends && !hasDigest()) {
            throw new AlteredBlobException(blob.digest());
        }
        return count;
    }

    private boolean hasDigest() {
        return HexFormat.of().formatHex(digest.digest()).equals(blob.sha256());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
