package io.jmigrate.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.jmigrate.criu.inspect.ImagesInMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Archives that are wrong in one thing each, made anew for each run: none may be restored. */
final class HostileCorpus {
    /** So small that a bomb needs no more than a few mebibytes. */
    static final Limits LIMITS = new Limits(60, 2 << 20, 4 << 20, 256 << 10, 1000, 255);

    private static final int BLOCK = 512;

    private static final String JOB =
            "{\"format\":\"jmigrate job\",\"version\":1,\"pid\":7,\"name\":\"sh\",\"command\":[],"
                    + "\"directory\":\"/\",\"checkpointed\":\"2026-01-02T03:04:05Z\"}";

    private final List<Case> cases = new ArrayList<>();
    private final List<Part> parts;
    private final byte[] tar;

    /** An archive with a title that says what is wrong with it. */
    record Case(String title, byte[] archive) {
        @Override
        public String toString() {
            return title;
        }
    }

    /** @param directory to make the archive in that all others are made of */
    private HostileCorpus(Path directory) throws IOException {
        parts = Part.of(whole(directory));
        tar = Part.packed(parts);
    }

    /** All of them. */
    static List<Case> in(Path directory) {
        try {
            HostileCorpus corpus = new HostileCorpus(directory);
            corpus.truncations();
            corpus.flippedBits();
            corpus.members();
            corpus.names();
            corpus.types();
            corpus.sizes();
            corpus.extendedHeaders();
            corpus.bombs();
            corpus.documents();
            corpus.manifests();
            corpus.images();
            return List.copyOf(corpus.cases);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What all of them are made of, and what an import takes. */
    static byte[] sound(Path directory) {
        try {
            return new HostileCorpus(directory).tar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A checkpoint with images of every kind that are looked into, and a manifest. */
    private static Path whole(Path directory) {
        try {
            Checkpoint checkpoint = Checkpoint.in(directory);
            for (Map.Entry<String, byte[]> image : goodImages().entrySet()) {
                java.nio.file.Files.write(checkpoint.images().resolve(image.getKey()), image.getValue());
            }
            java.nio.file.Files.delete(checkpoint.images().resolve("empty.img"));
            Path file = directory.resolve("whole.tar");
            ArchiveWriter.write(checkpoint.export(file, new Compression.None()));
            ExtractionDirectory.remove(checkpoint.directory());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> goodImages() {
        ImagesInMemory made = ImagesInMemory.restorable();
        Map<String, byte[]> images = new TreeMap<>();
        made.sizes().keySet().stream()
                .filter(name -> name.endsWith(".img"))
                .forEach(name -> images.put(name, made.bytes(name)));
        images.put(
                "pagemap-1.img", PagemapCases.with(PagemapCases.run(0x1000, 3)).bytes("pagemap-1.img"));
        return images;
    }

    private void add(String title, byte[] archive) {
        cases.add(new Case(title, archive));
    }

    /** The archive without its manifest, with something more at its end. */
    private HostileArchive open() {
        HostileArchive archive = new HostileArchive();
        withoutManifest(parts).forEach(part -> append(archive, part));
        return archive;
    }

    private static void append(HostileArchive archive, Part part) {
        if (part.isDirectory()) {
            archive.directory(part.plainName());
        } else {
            archive.file(part.name(), part.content());
        }
    }

    private static List<Part> withoutManifest(List<Part> parts) {
        return parts.stream()
                .filter(part -> !part.name().equals("manifest.json"))
                .toList();
    }

    private void truncations() throws IOException {
        for (int header = 0, i = 0; i < parts.size(); i++) {
            int content = parts.get(i).content().length;
            String name = parts.get(i).name();
            add("cut off before " + name, Arrays.copyOf(tar, header));
            add("cut off in the header of " + name, Arrays.copyOf(tar, header + 100));
            if (content > 0) {
                add("cut off behind the header of " + name, Arrays.copyOf(tar, header + BLOCK));
                add("cut off in " + name, Arrays.copyOf(tar, header + BLOCK + Math.max(1, content / 2)));
            }
            header += BLOCK + Math.ceilDiv(content, BLOCK) * BLOCK;
        }
        byte[] zstd = checked(tar);
        byte[] gzip = gzip(tar);
        for (int tenth = 1; tenth < 10; tenth++) {
            add("zstd cut off after " + tenth + " tenths", Arrays.copyOf(zstd, zstd.length * tenth / 10));
            add("gzip cut off after " + tenth + " tenths", Arrays.copyOf(gzip, gzip.length * tenth / 10));
        }
        add("something behind the end", concat(tar, "x".getBytes(StandardCharsets.US_ASCII)));
        add("another archive behind the end", concat(tar, tar));
        add(
                "a member behind the end",
                concat(tar, new HostileArchive().file("checkpoint/z.img", "x").closed()));
        add("another archive behind the end, in a frame of its own", concat(zstd, checked(tar)));
        add("another archive behind the end of gzip", concat(gzip, gzip));
        add("something behind the end of gzip", concat(gzip, new byte[] {1, 2, 3}));
    }

    private void flippedBits() throws IOException {
        int[] places = {0, 100, 108, 124, 136, 148, 156, 257}; // name, mode, owner, size, time, sum, type, magic
        int header = 0;
        for (Part part : parts) {
            for (int place : places) {
                add("a bit at " + place + " of the header of " + part.name(), flipped(tar, header + place));
            }
            if (!part.isDirectory() && part.content().length > 0) {
                add("a bit in " + part.name(), flipped(tar, header + BLOCK + part.content().length / 2));
            }
            header += BLOCK + Math.ceilDiv(part.content().length, BLOCK) * BLOCK;
        }
        byte[] zstd = checked(tar);
        byte[] gzip = gzip(tar);
        for (int place : new int[] {0, 3, 12, zstd.length / 2}) {
            add("a bit at " + place + " of zstd", flipped(zstd, place));
        }
        for (int place : new int[] {0, 2, gzip.length / 2, gzip.length - 8, gzip.length - 1}) {
            add("a bit at " + place + " of gzip", flipped(gzip, place));
        }
    }

    private void members() {
        for (int i = 0; i < parts.size(); i++) {
            String name = parts.get(i).name();
            List<Part> missing = new ArrayList<>(parts);
            missing.remove(i);
            if (!name.equals("manifest.json")) {
                add(name + " is missing", Part.packed(missing));
            }
            List<Part> twice = new ArrayList<>(parts);
            twice.add(i, parts.get(i));
            add(name + " is there twice", Part.packed(twice));
            if (i > 0) {
                missing.addFirst(parts.get(i));
                add(name + " was moved to the front", Part.packed(missing));
            }
        }
        List<Integer> files = IntStream.range(0, parts.size() - 1) // the last is the manifest
                .filter(i -> !parts.get(i).isDirectory())
                .boxed()
                .toList();
        for (int i = 1; i < files.size(); i++) {
            exchanged(files.get(i - 1), files.get(i));
        }
        for (String needed : List.of("config.dump", "spec.dump", "checkpoint/inventory.img")) {
            add(
                    "no manifest and no " + needed,
                    Part.packed(withoutManifest(parts).stream()
                            .filter(part -> !part.name().equals(needed))
                            .toList()));
        }
    }

    /** Both leave all that there is in place: it is under other names, or in another order. */
    private void exchanged(int i, int j) {
        Part one = parts.get(i);
        Part other = parts.get(j);
        String both = one.name() + " and " + other.name();
        List<Part> renamed = new ArrayList<>(parts);
        renamed.set(i, one.with(other.content()));
        renamed.set(j, other.with(one.content()));
        if (!Arrays.equals(one.content(), other.content())) {
            add("exchanged contents of " + both, Part.packed(renamed));
        }
        List<Part> moved = new ArrayList<>(parts);
        Collections.swap(moved, i, j);
        add("exchanged places of " + both, Part.packed(moved));
    }

    private void names() {
        for (String name : List.of(
                "..",
                "../x",
                "./../x",
                "a/../../x",
                "checkpoint/..",
                "checkpoint/../../x.img",
                "/x",
                "//x",
                "/../x",
                "checkpoint//x.img",
                "checkpoint/./x.img",
                "checkpoint/x.img/y.img",
                "checkpoint/.img",
                "checkpoint/-x.img",
                "checkpoint/x\u0001.img",
                "checkpoint/\u202ex.img",
                "checkpoint/x y.img",
                "checkpoint/x.sh",
                "other",
                "C:\\x",
                "checkpoint\\x.img",
                "checkpoint/" + "x".repeat(300) + ".img",
                "checkpoint/é.img",
                "pre-checkpoint/x.img",
                "checkpoint/dump.log/x",
                "manifest.sig/x",
                " ")) {
            add("a file called " + shown(name), open().file(name, "x").closed());
        }
        for (String name : List.of("..", "../x", "/x", "checkpoint/x", "x", "config.dump", "rootfs-diff.tar")) {
            add("a directory called " + shown(name), open().directory(name).closed());
        }
    }

    private static String shown(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "…" : name;
    }

    private void types() {
        Map<String, Byte> types = new TreeMap<>(Map.of(
                "a hard link", TarConstants.LF_LINK,
                "a symbolic link", TarConstants.LF_SYMLINK,
                "a character device", TarConstants.LF_CHR,
                "a block device", TarConstants.LF_BLK,
                "a fifo", TarConstants.LF_FIFO,
                "a contiguous file", TarConstants.LF_CONTIG,
                "a sparse file", TarConstants.LF_GNUTYPE_SPARSE,
                "a volume header", (byte) 'V',
                "a continuation", TarConstants.LF_MULTIVOLUME,
                "something unknown", (byte) 'Z'));
        types.forEach((what, type) -> {
            for (String name : List.of("checkpoint/core-9.img", "checkpoint", "x")) {
                for (String target : List.of("/etc/passwd", "../../x")) {
                    add(
                            what + " called " + name + " to " + target,
                            open().special(name, type, entry -> entry.setLinkName(target))
                                    .closed());
                }
            }
        });
    }

    private void sizes() {
        byte[] negative = new byte[12];
        Arrays.fill(negative, (byte) 0xff);
        byte[] huge = new byte[12];
        huge[0] = (byte) 0x80;
        Arrays.fill(huge, 4, 12, (byte) 0x7f);
        byte[] wide = new byte[12];
        wide[0] = (byte) 0x80;
        Arrays.fill(wide, 1, 12, (byte) 0xff);
        Map<String, byte[]> sizes = new TreeMap<>(Map.of(
                "negative", negative,
                "of 2^63", huge,
                "of more than 64 bits", wide,
                "of all the digits there are", "77777777777\0".getBytes(StandardCharsets.US_ASCII),
                "that is no number", "xyz\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII),
                "with digits that octal lacks", "00000000889\0".getBytes(StandardCharsets.US_ASCII),
                "with a sign", "-0000000001\0".getBytes(StandardCharsets.US_ASCII),
                "larger than the archive", "00000200000\0".getBytes(StandardCharsets.US_ASCII)));
        sizes.forEach((what, size) -> add(
                "a size " + what,
                HostileArchive.changeHeader(
                        open().file("checkpoint/z.img", "x").closed(),
                        "checkpoint/z.img",
                        header -> header.put(HostileArchive.SIZE_OFFSET, size))));
    }

    private void extendedHeaders() {
        String path = HostileArchive.paxRecord("path", "../../x");
        Map<String, String> records = new TreeMap<>();
        records.put("a name that leads out", path);
        records.put("an absolute name", HostileArchive.paxRecord("path", "/etc/x"));
        records.put("a name with a zero", HostileArchive.paxRecord("path", "checkpoint/a\0.img/../../x"));
        records.put("a negative size", HostileArchive.paxRecord("size", "-1"));
        records.put("a size that is no number", HostileArchive.paxRecord("size", "x"));
        records.put("a huge size", HostileArchive.paxRecord("size", "9223372036854775807"));
        records.put("a size beyond 64 bits", HostileArchive.paxRecord("size", "99999999999999999999"));
        records.put("an owner that is no number", HostileArchive.paxRecord("uid", "x"));
        records.put("an owner beyond 64 bits", HostileArchive.paxRecord("uid", "99999999999999999999"));
        records.put("a time that is none", HostileArchive.paxRecord("mtime", "yesterday"));
        records.put("a length that is none", "xx path=a\n");
        records.put("a length that is too small", "1 path=a\n");
        records.put("a length that is too large", "999 path=a\n");
        records.put("a negative length", "-9 path=a\n");
        records.put("a huge length", "99999999999 path=a\n");
        records.put("no end", "12 path=abcde");
        records.put(
                "a sparse map of version 0.1",
                HostileArchive.paxRecord("GNU.sparse.map", "0,1,4294967296,1")
                        + HostileArchive.paxRecord("GNU.sparse.size", "4294967297"));
        records.put(
                "a sparse map of version 1.0",
                HostileArchive.paxRecord("GNU.sparse.major", "1")
                        + HostileArchive.paxRecord("GNU.sparse.minor", "0")
                        + HostileArchive.paxRecord("GNU.sparse.realsize", "4294967297"));
        records.forEach((what, record) -> add(
                "an extended header with " + what,
                open().file(
                                "PaxHeader",
                                TarConstants.LF_PAX_EXTENDED_HEADER_LC,
                                record.getBytes(StandardCharsets.UTF_8))
                        .file("checkpoint/z.img", "x")
                        .closed()));
        byte[] global = open().file(
                        "PaxHeader/g", TarConstants.LF_PAX_EXTENDED_HEADER_LC, path.getBytes(StandardCharsets.UTF_8))
                .file("checkpoint/z.img", "x")
                .closed();
        add(
                "a header for all with a name that leads out",
                HostileArchive.changeHeader(
                        global,
                        "PaxHeader/g",
                        header -> header.put(HostileArchive.TYPE_OFFSET, TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER)));
        add(
                "a long name that leads out",
                open().file(
                                "././@LongLink",
                                TarConstants.LF_GNUTYPE_LONGNAME,
                                "../../x\0".getBytes(StandardCharsets.UTF_8))
                        .file("checkpoint/z.img", "x")
                        .closed());
    }

    private void bombs() throws IOException {
        byte[] zeros = new byte[(2 << 20) + 1];
        byte[] large = open().file("checkpoint/z.img", zeros).closed();
        add("a member of zeros", large);
        add("a member of zeros in zstd", Zstd.compress(large));
        add("a member of zeros in gzip", gzip(large));
        for (String inner : List.of("rootfs-diff.tar", "volumes/data.tar", "devshm-checkpoint.tar")) {
            add(
                    "zeros that are compressed in " + inner,
                    open().file(inner, gzip(zeros)).closed());
            add(
                    "gzip that is cut off in " + inner,
                    open().file(inner, Arrays.copyOf(gzip(tar), 1000)).closed());
        }
        add("a document of zeros", Zstd.compress(replaced("dump.log", new byte[300 << 10])));
        HostileArchive sum = open();
        HostileArchive many = open();
        for (int i = 0; i < 60; i++) {
            sum.file("checkpoint/z" + i + ".img", new byte[i < 3 ? 2 << 20 : 1]);
            many.file("checkpoint/z" + i + ".img", "");
        }
        add("many members of zeros", Zstd.compress(sum.closed()));
        add("many members", many.closed());
        add("zstd in zstd", Zstd.compress(Zstd.compress(tar)));
        add("gzip in zstd", Zstd.compress(gzip(tar)));
        add("zstd in gzip", gzip(Zstd.compress(tar)));
        add(
                "a comment of megabytes",
                Zstd.compress(open().special(
                                "checkpoint/z.img",
                                TarConstants.LF_NORMAL,
                                entry -> entry.addPaxHeader("comment", "x".repeat(4 << 20)))
                        .closed()));
        add(
                "a name of megabytes",
                Zstd.compress(open().file(
                                "././@LongLink",
                                TarConstants.LF_GNUTYPE_LONGNAME,
                                "x".repeat(4 << 20).getBytes(StandardCharsets.UTF_8))
                        .file("checkpoint/z.img", "x")
                        .closed()));
    }

    private void documents() {
        List<String> nasty = List.of(
                "",
                "null",
                "1",
                "\"{}\"",
                "{",
                "[",
                "{]",
                "{\"a\":}",
                "{'a':1}",
                "\0",
                "{\"a\":\"\n\"}",
                "[".repeat(5000),
                "{\"a\":".repeat(5000),
                "\ud83d",
                "NaN",
                "// {}",
                "{\"a\":\"\\x\"}");
        for (String name : List.of("config.dump", "spec.dump", "checkpoint/descriptors.json")) {
            for (String text : nasty) {
                add(name + " is " + shown(text), replaced(name, text.getBytes(StandardCharsets.UTF_8)));
            }
            add(
                    name + " is bad UTF-8",
                    replaced(name, new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'}));
        }
        for (String text : nasty) {
            add(
                    "changed limits that are " + shown(text),
                    open().file("checkpoint/resources.json", text).closed());
            add("a job that is " + shown(text), ofJob(text, false));
        }
        add("both a job and a container", ofJob(JOB, true));
        for (String times : List.of("yesterday", "0", "9999999999-01-01T00:00:00Z", "2026-02-31T00:00:00Z")) {
            add(
                    "config.dump of " + times,
                    replaced("config.dump", ("{\"createdTime\":\"" + times + "\"}").getBytes(StandardCharsets.UTF_8)));
        }
    }

    private byte[] ofJob(String json, boolean withSpec) {
        HostileArchive archive = new HostileArchive();
        withoutManifest(parts).stream()
                .filter(part -> withSpec || !part.name().equals("spec.dump"))
                .forEach(part -> append(archive, part));
        return archive.file("checkpoint/job.json", json).closed();
    }

    /** Without the manifest, so that the content itself has to be judged. */
    private byte[] replaced(String name, byte[] content) {
        return Part.packed(withoutManifest(parts).stream()
                .map(part -> part.name().equals(name) ? part.with(content) : part)
                .toList());
    }

    private void manifests() {
        String good = new String(parts.getLast().content(), StandardCharsets.UTF_8);
        for (String lie : List.of(
                "",
                "[]",
                "{}",
                good.replace("\"version\" : 1", "\"version\" : 2"),
                good.replace("\"version\" : 1", "\"version\" : \"1\""),
                good.replace("jmigrate checkpoint archive", "something else"),
                good.replace("\"file\"", "\"device\""),
                good.replaceFirst("\"size\" : \\d+", "\"size\" : -1"),
                good.replaceFirst("\"size\" : \\d+", "\"size\" : 1e99"),
                good.replaceFirst("\"sha256\" : \"[0-9a-f]{4}", "\"sha256\" : \"zzzz"),
                good.replaceFirst("\"sha256\" : \"[0-9a-f]{64}", "\"sha256\" : \"" + "0".repeat(64)),
                good.replace("spec.dump", "spec.dumb"),
                good + "{}",
                good.replace("\"format\"", "\"members\" : [ ], \"format\""))) {
            List<Part> all = new ArrayList<>(withoutManifest(parts));
            all.add(new Part("manifest.json", lie.getBytes(StandardCharsets.UTF_8)));
            add("a manifest that lies: " + shown(lie) + " (" + cases.size() + ")", Part.packed(all));
        }
        List<Part> signed = new ArrayList<>(withoutManifest(parts));
        signed.add(new Part("manifest.sig", new byte[64]));
        add("a signature without its manifest", Part.packed(signed));
        List<Part> behind = new ArrayList<>(parts);
        behind.add(new Part("ctr.log", new byte[1]));
        add("a member behind the manifest", Part.packed(behind));
    }

    private void images() throws IOException {
        for (String image : List.of(
                "inventory", "pstree", "core-1", "files", "ids-1", "fdinfo-2", "mm-1", "pagemap-1", "mountpoints-9")) {
            String name = "checkpoint/" + image + ".img";
            byte[] good = parts.stream()
                    .filter(part -> part.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .content();
            int length = image.equals("inventory") ? 4 : 8;
            add(image + " is empty", replaced(name, new byte[0]));
            add(image + " has another number", replaced(name, flipped(good, 0)));
            add(image + " is text", replaced(name, "{}".getBytes(StandardCharsets.US_ASCII)));
            add(image + " is cut off", replaced(name, Arrays.copyOf(good, good.length - 1)));
            add(image + " is cut off in a length", replaced(name, Arrays.copyOf(good, length + 2)));
            add(image + " has an entry of 2 GiB", replaced(name, withInt(good, length, Integer.MAX_VALUE)));
            add(image + " has an entry of -1 bytes", replaced(name, withInt(good, length, -1)));
            add(image + " has an entry of nonsense", replaced(name, withEntry(good, length, (byte) 0xff)));
            if (!image.equals("core-1") && !image.equals("mm-1")) { // all of theirs may be absent
                add(
                        image + " has an entry without fields",
                        replaced(name, withInt(Arrays.copyOf(good, length + 4), length, 0)));
            }
        }
        pagemaps();
        CgroupCases.hostile()
                .forEach((what, image) -> add(
                        "cgroups with " + what,
                        open().file("checkpoint/cgroup.img", image).closed()));
    }

    private void pagemaps() {
        String name = "checkpoint/pagemap-1.img";
        Map<String, ImagesInMemory> wrong = new TreeMap<>();
        wrong.put("an address beyond all memory", PagemapCases.with(PagemapCases.run(-4096, 1)));
        wrong.put("an address within a page", PagemapCases.with(PagemapCases.run(0x1001, 1)));
        wrong.put("addresses that fall", PagemapCases.with(PagemapCases.run(0x2000, 1), PagemapCases.run(0x1000, 1)));
        wrong.put("runs that overlap", PagemapCases.with(PagemapCases.run(0x1000, 2), PagemapCases.run(0x2000, 1)));
        wrong.put("more pages than there are", PagemapCases.with(PagemapCases.run(0x1000, 4)));
        wrong.put("pages without end", PagemapCases.with(PagemapCases.run(0x1000, 1L << 39)));
        wrong.put("a count that is negative", PagemapCases.with(PagemapCases.run(0x1000, -1)));
        wrong.put("pages in an image that is not there", PagemapCases.in(77, PagemapCases.run(0x1000, 1)));
        wrong.forEach((what, images) -> add("a pagemap with " + what, replaced(name, images.bytes("pagemap-1.img"))));
        add(
                "pages that are missing",
                Part.packed(withoutManifest(parts).stream()
                        .filter(part -> !part.name().equals("checkpoint/pages-1.img"))
                        .toList()));
        add("pages that are cut off", replaced("checkpoint/pages-1.img", new byte[4096]));
    }

    private static byte[] withInt(byte[] image, int at, int value) {
        byte[] changed = image.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.nativeOrder()).putInt(at, value);
        return changed;
    }

    private static byte[] withEntry(byte[] image, int at, byte value) {
        byte[] changed = withInt(Arrays.copyOf(image, at + 4 + 20), at, 20);
        Arrays.fill(changed, at + 4, changed.length, value);
        return changed;
    }

    /** With a checksum at its end. */
    private static byte[] checked(byte[] content) {
        try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
            return zstd.setChecksum(true).compress(content);
        }
    }

    private static byte[] flipped(byte[] bytes, int place) {
        byte[] changed = bytes.clone();
        changed[place] ^= 4;
        return changed;
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
