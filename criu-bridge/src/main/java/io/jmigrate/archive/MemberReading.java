package io.jmigrate.archive;

import io.jmigrate.archive.integrity.Member;
import io.jmigrate.archive.integrity.MemberRecorder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * One pass over an archive, member by member: under rules, bounded in how far it may expand, and with its digests noted where they
 * are asked for. All of it is read, for only that tells whether it is complete.
 */
final class MemberReading {
    private static final int PIECE_BYTES = 1 << 20;

    private final ArchiveFile file;
    private final ArchiveInput input;
    private final MemberRules rules;
    private final Limits limits;
    private final Progress progress;
    private final Optional<MemberRecorder> recorder;
    private final byte[] piece = new byte[PIECE_BYTES];
    private long contentBytes;

    private MemberReading(
            ArchiveFile file,
            ArchiveInput input,
            MemberRules rules,
            Limits limits,
            Progress progress,
            Optional<MemberRecorder> recorder) {
        this.file = file;
        this.input = input;
        this.rules = rules;
        this.limits = limits;
        this.progress = progress;
        this.recorder = recorder;
    }

    /** With the digests of all members. @param progress told about content bytes */
    static MemberReading noting(
            ArchiveFile file, ArchiveInput input, MemberRules rules, Limits limits, Progress progress) {
        return new MemberReading(file, input, rules, limits, progress, Optional.of(new MemberRecorder()));
    }

    /** Without digests, which take longer than all else. */
    static MemberReading of(ArchiveFile file, ArchiveInput input, MemberRules rules, Limits limits) {
        return new MemberReading(file, input, rules, limits, Progress.SILENT, Optional.empty());
    }

    /** What is done with a member. */
    @FunctionalInterface
    interface Use {
        /** @param content of a file; what is left of it is passed over */
        void member(MemberRules.Admitted member, InputStream content) throws IOException;
    }

    /** Hands over all members in their order. */
    void each(Use use) throws IOException {
        for (Optional<TarArchiveEntry> entry = input.next(); entry.isPresent(); entry = input.next()) {
            MemberRules.Admitted member = rules.admit(entry.get());
            long before = contentBytes;
            InputStream content = new Content(member.name());
            use.member(member, content);
            if (member.directory()) {
                recorder.ifPresent(noted -> noted.directory(member.name()));
            } else {
                content.transferTo(OutputStream.nullOutputStream());
                recorder.ifPresent(noted -> noted.file(member.name(), contentBytes - before));
            }
        }
    }

    /** The members that were noted so far, in their order. */
    List<Member> members() {
        return recorder.map(MemberRecorder::members).orElse(List.of());
    }

    /** Bytes of content so far. */
    long contentBytes() {
        return contentBytes;
    }

    /** The content of the current member. */
    private final class Content extends InputStream {
        private final String name;

        Content(String name) {
            this.name = name;
        }

        @Override
        public int read() {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int count = input.read(bytes, offset, length);
            if (count > 0) {
                contentBytes += count;
                recorder.ifPresent(noted -> noted.content(bytes, offset, count));
            }
            limits.checkRatio(file, name, contentBytes, input.fileBytes());
            progress.reached(contentBytes);
            return count;
        }

        /** As the stream itself, in pieces that are worth the call. */
        @Override
        public long transferTo(OutputStream out) throws IOException {
            long before = contentBytes;
            for (int count = read(piece, 0, piece.length); count >= 0; count = read(piece, 0, piece.length)) {
                out.write(piece, 0, count);
            }
            return contentBytes - before;
        }
    }
}
