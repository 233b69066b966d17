package io.jmigrate.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.archive.oci.Blob;
import io.jmigrate.archive.oci.Blobs;
import io.jmigrate.archive.oci.ContainerdCheckpoint;
import io.jmigrate.archive.oci.ImageDocument;
import io.jmigrate.archive.oci.PiecewiseInput;
import io.jmigrate.archive.seekable.PlainContent;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tar of a directory in OCI layout (image-spec, image-layout.md), as {@code ctr images export} writes it. */
final class LayoutFile implements Blobs, AutoCloseable {
    private static final String INDEX = "index.json";
    private static final String MARKER = "oci-layout";
    private static final String BLOBS = "blobs/";
    private static final int NAME_BYTES = 100;

    private final PlainContent content;
    private final Map<String, SeekableArchive.Member> members = new HashMap<>();

    private LayoutFile(ArchiveFile file, PlainContent content) {
        this.content = content;
        for (SeekableArchive.Member member :
                new TarIndex(file, content, MemberRules.toLook(file, Limits.DEFAULT)).members()) {
            members.put(member.name(), member);
        }
    }

    /** Whether a tar that begins with these bytes is one: no archive has a member of such a name. */
    static boolean begins(byte[] block) {
        int end = 0;
        while (end < Math.min(NAME_BYTES, block.length) && block[end] != 0) {
            end++;
        }
        String name = new String(block, 0, end, StandardCharsets.UTF_8);
        return name.startsWith(BLOBS) || name.equals(INDEX) || name.equals(MARKER);
    }

    /**
     * The checkpoint of containerd that is in it, as the tar of an archive.
     *
     * @throws IOException if there is none, or more than one; the message says so
     */
    static InputStream checkpoint(ArchiveFile file, Path path) throws IOException {
        PlainContent content = PlainContent.open(path);
        try {
            LayoutFile layout = new LayoutFile(file, content);
            return closing(new ContainerdTar(layout, layout.checkpoint()), layout);
        } catch (IOException | RuntimeException e) {
            try (content) {
                throw e;
            }
        }
    }

    private static InputStream closing(InputStream in, LayoutFile layout) {
        return new FilterInputStream(in) {
            @Override
            public void close() throws IOException {
                try (layout) {
                    super.close();
                }
            }
        };
    }

    private ContainerdCheckpoint checkpoint() throws IOException {
        List<JsonNode> found = new ArrayList<>();
        JsonNode index = ImageDocument.read(ImageDocument.bytes(open(INDEX), INDEX));
        for (JsonNode descriptor : index.path("manifests")) {
            JsonNode document = ImageDocument.read(document(Blob.read(descriptor)));
            if (ContainerdCheckpoint.isMeant(document)) {
                found.add(document);
            }
        }
        if (found.size() != 1) {
            throw new IOException("there are " + found.size() + " checkpoints of containerd in it");
        }
        return ContainerdCheckpoint.of(found.getFirst());
    }

    @Override
    public InputStream open(Blob blob) throws IOException {
        return open(BLOBS + "sha256/" + blob.sha256());
    }

    private InputStream open(String name) throws NoSuchFileException {
        SeekableArchive.Member member = members.get(name);
        if (member == null || member.directory()) {
            throw new NoSuchFileException(name);
        }
        return new Part(content, member.offset(), member.offset() + member.size());
    }

    /** A part of the file. */
    private static final class Part extends PiecewiseInput {
        private final PlainContent content;
        private final long end;
        private long position;

        Part(PlainContent content, long start, long end) {
            this.content = content;
            this.position = start;
            this.end = end;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (position == end) {
                return -1;
            }
            int count = (int) Math.min(length, end - position);
            content.read(position, ByteBuffer.wrap(bytes, offset, count));
            position += count;
            return count;
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
