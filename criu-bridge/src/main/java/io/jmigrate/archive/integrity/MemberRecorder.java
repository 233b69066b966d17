package io.jmigrate.archive.integrity;

import io.jmigrate.runtime.linux.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Notes the members of an archive while their content passes. For one thread. */
public final class MemberRecorder {
    private final MessageDigest digest = Sha256.digest();
    private final List<Member> members = new ArrayList<>();

    /** Notes a directory. */
    public void directory(String name) {
        note(name, Member.Kind.DIRECTORY, 0);
    }

    /** The next bytes of the file that passes now. */
    public void content(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    /** The same; takes all that remains in the buffer. */
    public void content(ByteBuffer bytes) {
        digest.update(bytes);
    }

    /** Notes the file whose bytes have passed since the member before. */
    public void file(String name, long sizeBytes) {
        note(name, Member.Kind.FILE, sizeBytes);
    }

    private void note(String name, Member.Kind kind, long sizeBytes) {
        members.add(new Member(name, kind, sizeBytes, HexFormat.of().formatHex(digest.digest())));
    }

    /** The members so far, in their order. */
    public List<Member> members() {
        return List.copyOf(members);
    }
}
