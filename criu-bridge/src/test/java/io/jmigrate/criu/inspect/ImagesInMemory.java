package io.jmigrate.criu.inspect;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.entry.AddressSpace;
import io.jmigrate.criu.image.entry.CoreEntry;
import io.jmigrate.criu.image.entry.DumpFigures;
import io.jmigrate.criu.image.entry.FdinfoEntry;
import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.FileOwner;
import io.jmigrate.criu.image.entry.InetSocketEntry;
import io.jmigrate.criu.image.entry.Inventory;
import io.jmigrate.criu.image.entry.MappingEntry;
import io.jmigrate.criu.image.entry.MountEntry;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.criu.image.entry.PstreeEntry;
import io.jmigrate.criu.image.entry.RegularFile;
import io.jmigrate.criu.image.entry.Statistics;
import io.jmigrate.criu.image.entry.TaskCore;
import io.jmigrate.criu.image.entry.TaskIds;
import io.jmigrate.criu.image.entry.UnixSocketEntry;
import io.jmigrate.runtime.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Images that tests make and damage. */
public final class ImagesInMemory implements MemorySource {
    private final Map<String, byte[]> images = new TreeMap<>();

    /** A shell with a child; a file, a pipe, and three sockets; memory, mounts and figures. */
    public static ImagesInMemory complete() {
        return new ImagesInMemory()
                .with(
                        "inventory.img",
                        ImageKind.INVENTORY,
                        Inventory.newBuilder().setImgVersion(2).build())
                .with("pstree.img", ImageKind.PSTREE, process(1, 0), process(7, 1))
                .with("core-1.img", ImageKind.CORE, core("sh", 1))
                .with("core-7.img", ImageKind.CORE, core("nc", 3))
                .with(
                        "ids-1.img",
                        ImageKind.IDS,
                        TaskIds.newBuilder().setFilesId(2).build())
                .with(
                        "ids-7.img",
                        ImageKind.IDS,
                        TaskIds.newBuilder().setFilesId(2).build())
                .with("files.img", ImageKind.FILES, file(1, "/data/log"), inet(2), inet6(3), unix(4))
                .with(
                        "fdinfo-2.img",
                        ImageKind.FDINFO,
                        descriptor(0, 1, 1),
                        descriptor(3, 2, 4),
                        descriptor(4, 3, 4),
                        descriptor(5, 4, 5))
                .with("mountpoints-9.img", ImageKind.MOUNTS, mount(1, "/", 17), mount(2, "/proc", 1))
                .with("mm-1.img", ImageKind.ADDRESS_SPACE, addressSpace(0x1000, 0x5000))
                .with(
                        "pagemap-1.img",
                        ImageKind.PAGEMAP,
                        PagemapHead.newBuilder().setPagesId(1).build(),
                        pages(3, 4),
                        pages(2, 2))
                .with(
                        "stats-dump",
                        ImageKind.STATISTICS,
                        Statistics.newBuilder().setDump(figures()).build())
                .withBytes("pages-1.img", new byte[3 * 4096]);
    }

    /** The same with all that CRIU needs of both processes. */
    public static ImagesInMemory restorable() {
        return complete()
                .withBytes("fs-1.img", new byte[0])
                .withBytes("fs-7.img", new byte[0])
                .with("mm-7.img", ImageKind.ADDRESS_SPACE, addressSpace(0x1000, 0x5000))
                .with(
                        "pagemap-7.img",
                        ImageKind.PAGEMAP,
                        PagemapHead.newBuilder().setPagesId(2).build());
    }

    public ImagesInMemory with(String name, ImageKind kind, MessageLite... entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageWriter writer = new ImageWriter(bytes, kind)) {
            for (MessageLite entry : entries) {
                writer.write(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return withBytes(name, bytes.toByteArray());
    }

    public ImagesInMemory withBytes(String name, byte[] content) {
        images.put(name, content);
        return this;
    }

    public ImagesInMemory without(String name) {
        images.remove(name);
        return this;
    }

    public byte[] bytes(String name) {
        return images.get(name).clone();
    }

    public static PstreeEntry process(int pid, int parent) {
        return PstreeEntry.newBuilder()
                .setPid(pid)
                .setPpid(parent)
                .setPgid(pid)
                .setSid(1)
                .addThreads(pid)
                .build();
    }

    static CoreEntry core(String command, int state) {
        return CoreEntry.newBuilder()
                .setTc(TaskCore.newBuilder().setComm(command).setTaskState(state))
                .build();
    }

    public static FileEntry file(int id, String name) {
        FileOwner owner = FileOwner.newBuilder()
                .setUid(0)
                .setEuid(0)
                .setSignum(0)
                .setPidType(0)
                .setPid(0)
                .build();
        return FileEntry.newBuilder()
                .setType(1)
                .setId(id)
                .setReg(RegularFile.newBuilder()
                        .setId(id)
                        .setFlags(0)
                        .setPos(42)
                        .setFown(owner)
                        .setName(name))
                .build();
    }

    /** 127.0.0.1:80, listening. */
    static FileEntry inet(int id) {
        InetSocketEntry socket = InetSocketEntry.newBuilder()
                .setFamily(2)
                .setType(1)
                .setProto(6)
                .setState(10)
                .setSrcPort(80)
                .setDstPort(0)
                .addSrcAddr(0x0100007f)
                .addDstAddr(0)
                .build();
        return FileEntry.newBuilder().setType(4).setId(id).setIsk(socket).build();
    }

    /** [::1]:4000, connected to [::1]:53. */
    private static FileEntry inet6(int id) {
        InetSocketEntry.Builder socket = InetSocketEntry.newBuilder()
                .setFamily(10)
                .setType(2)
                .setProto(17)
                .setState(1)
                .setSrcPort(4000)
                .setDstPort(53);
        for (int word : new int[] {0, 0, 0, 0x01000000}) {
            socket.addSrcAddr(word).addDstAddr(word);
        }
        return FileEntry.newBuilder().setType(4).setId(id).setIsk(socket).build();
    }

    private static FileEntry unix(int id) {
        UnixSocketEntry socket = UnixSocketEntry.newBuilder()
                .setIno(77)
                .setType(1)
                .setState(1)
                .setPeer(78)
                .setName(ByteString.copyFromUtf8("\0bus"))
                .build();
        return FileEntry.newBuilder().setType(5).setId(id).setUsk(socket).build();
    }

    public static FdinfoEntry descriptor(int number, int file, int type) {
        return FdinfoEntry.newBuilder()
                .setId(file)
                .setFlags(0)
                .setType(type)
                .setFd(number)
                .build();
    }

    private static MountEntry mount(int id, String point, int type) {
        return MountEntry.newBuilder()
                .setFstype(type)
                .setMntId(id)
                .setParentMntId(1)
                .setRoot("/")
                .setMountpoint(point)
                .setSource("none")
                .build();
    }

    static AddressSpace addressSpace(long start, long end) {
        return AddressSpace.newBuilder()
                .addVmas(MappingEntry.newBuilder()
                        .setStart(start)
                        .setEnd(end)
                        .setFlags(0x22)
                        .setStatus(1 << 5 | 1 << 9))
                .build();
    }

    static PagemapEntry pages(long count, int flags) {
        return PagemapEntry.newBuilder()
                .setVaddr(0x1000)
                .setCompatNrPages((int) count)
                .setFlags(flags)
                .setNrPages(count)
                .build();
    }

    private static DumpFigures figures() {
        return DumpFigures.newBuilder()
                .setFreezingTime(1)
                .setFrozenTime(2)
                .setMemdumpTime(3)
                .setMemwriteTime(4)
                .setPagesScanned(5)
                .setPagesSkippedParent(6)
                .setPagesWritten(7)
                .setPagesLazy(8)
                .build();
    }

    @Override
    public Map<String, Long> sizes() {
        Map<String, Long> sizes = new TreeMap<>();
        images.forEach((name, content) -> sizes.put(name, (long) content.length));
        return sizes;
    }

    @Override
    public Optional<InputStream> open(String name) {
        return Optional.ofNullable(images.get(name)).map(ByteArrayInputStream::new);
    }

    @Override
    public void eachPagesImage(Use use) throws IOException {
        for (Map.Entry<String, byte[]> image : images.entrySet()) {
            if (MemorySource.holdsPages(image.getKey())) {
                use.image(image.getKey(), new ByteArrayInputStream(image.getValue()));
            }
        }
    }

    @Override
    public Failure unreadable(IOException cause) {
        return Failure.of(CriuCode.IMAGES_INVALID, "the images can't be read: " + cause.getMessage());
    }
}
