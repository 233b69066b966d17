package io.jmigrate.migration.transfer;

import io.jmigrate.runtime.linux.ExtendedAttributes;
import io.jmigrate.runtime.linux.FileTimes;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.SpecialFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Changes a tree at random, as programs do: everything about names, files and what describes them. */
final class TreeMutation {
    private static final int NAMES = 6;
    private static final int LARGE = 600_000;
    private static final boolean ROOT = Processes.effectiveUid() == 0;
    /** {@code user::rw-,user:1:r--,group::r--,mask::r--,other::---} (linux/posix_acl_xattr.h). */
    private static final byte[] LIST = HexFormat.of()
            .parseHex("0200000001000600ffffffff020004000100000004000400ffffffff10000400ffffffff20000000ffffffff");
    /** CAP_NET_RAW, of version 2 (linux/capability.h). */
    private static final byte[] NET_RAW = HexFormat.of().parseHex("0000000200200000000000000000000000000000");

    private final Path root;
    private final Random random;
    private final Consumer<Set<FileKey>> mapped;

    /** @param mapped hears of files that are written without a new time, before they are */
    TreeMutation(Path root, long seed, Consumer<Set<FileKey>> mapped) {
        this.root = root;
        this.random = new Random(seed);
        this.mapped = mapped;
    }

    void change(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            one();
        }
    }

    private void one() throws IOException {
        Path name = anyDirectory().resolve("n" + random.nextInt(NAMES));
        if (!Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
            make(name);
        } else if (random.nextInt(8) == 0) {
            remove(name);
        } else if (random.nextInt(8) == 0) {
            move(name);
        } else if (Files.isRegularFile(name, LinkOption.NOFOLLOW_LINKS) && random.nextInt(3) > 0) {
            write(name);
        } else if (!Files.isSymbolicLink(name)) {
            describe(name);
        }
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> names = Files.walk(root)) {
            return names.sorted().toList();
        }
    }

    private Path anyDirectory() throws IOException {
        return any(all().stream()
                .filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)
                        && root.relativize(each).getNameCount() < 4)
                .toList());
    }

    private <T> T any(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private void make(Path name) throws IOException {
        switch (random.nextInt(ROOT ? 8 : 7)) {
            case 0, 1 -> write(Files.createFile(name));
            case 2 -> Files.createDirectory(name);
            case 3 -> Files.createSymbolicLink(name, Path.of("to" + random.nextInt()));
            case 4 -> SpecialFiles.make(name, SpecialFiles.Type.FIFO, 0640, 0);
            case 5 -> SpecialFiles.make(name, SpecialFiles.Type.SOCKET, 0750, 0);
            case 6 -> link(name);
            default -> SpecialFiles.make(name, SpecialFiles.Type.CHARACTER_DEVICE, 0600, random.nextInt(1, 255));
        }
    }

    private void link(Path name) throws IOException {
        List<Path> others = all().stream()
                .filter(each -> !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                .toList();
        if (!others.isEmpty()) {
            Files.createLink(name, any(others));
        }
    }

    private void remove(Path name) throws IOException {
        try (Stream<Path> below = Files.walk(name)) {
            for (Path each : below.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        }
    }

    /** Onto another name, as editors and package managers do, or to a new one. */
    private void move(Path name) throws IOException {
        Path to = root.resolve("n" + random.nextInt(NAMES));
        if (!to.startsWith(name) && !Files.isDirectory(to, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.isDirectory(name, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(to);
            }
            Files.move(name, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private void write(Path name) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(name.toFile(), "rw")) {
            switch (random.nextInt(5)) {
                case 0 -> file.setLength(random.nextInt(LARGE));
                case 1 -> bytes(file, random.nextInt(LARGE), random.nextInt(LARGE), 1);
                case 2 -> bytes(file, random.nextInt(LARGE), 1, 1);
                case 3 -> bytes(file, random.nextInt(LARGE), random.nextInt(LARGE), 0);
                default -> map(name, file.length());
            }
        }
    }

    /** @param bound of the values, so that 1 has them all zero, and 0 stands for all that a byte can be */
    private void bytes(RandomAccessFile file, int offset, int count, int zeros) throws IOException {
        byte[] bytes = new byte[count];
        if (zeros > 0) {
            random.nextBytes(bytes);
        }
        file.seek(offset);
        file.write(bytes);
    }

    private void map(Path name, long size) throws IOException {
        if (size > 0) {
            mapped.accept(Set.of(Stamp.of(name).key()));
            try (Arena arena = Arena.ofConfined();
                    FileChannel file = FileChannel.open(name, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                file.map(MapMode.READ_WRITE, 0, size, arena)
                        .set(ValueLayout.JAVA_BYTE, random.nextLong(size), (byte) random.nextInt());
            }
        }
    }

    private void describe(Path name) throws IOException {
        boolean content = Files.isRegularFile(name) || Files.isDirectory(name);
        switch (random.nextInt(ROOT ? 8 : 5)) {
            case 0 -> Files.setAttribute(name, "unix:mode", 0700 | random.nextInt(07777));
            case 1 -> FileTimes.setModified(name, random.nextLong(1L << 60));
            case 2 -> attribute(name, content, "user.test", new byte[] {0, (byte) random.nextInt()});
            case 3 -> attribute(name, content, "system.posix_acl_access", LIST);
            case 4 -> attribute(name, Files.isDirectory(name), "system.posix_acl_default", LIST);
            case 5 -> attribute(name, Files.isRegularFile(name), Attributes.CAPABILITIES, NET_RAW);
            default -> Files.setAttribute(name, random.nextBoolean() ? "unix:uid" : "unix:gid", random.nextInt(3));
        }
    }

    private void attribute(Path name, boolean can, String attribute, byte[] value) {
        if (can && ExtendedAttributes.names(name).contains(attribute)) {
            ExtendedAttributes.remove(name, attribute);
        } else if (can) {
            ExtendedAttributes.set(name, attribute, value);
        }
    }
}
