import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies jars so that a start-up cache can hold all of their classes: {@code java ModernJars.java FROM TO}.
 *
 * <p>The JVM's class-data sharing refuses classes that have no stack maps (before Java 7). picocli, ASM and jnr-x86asm are
 * still compiled for Java 5. Their classes are written anew, with stack maps and a current version; nothing else in them
 * changes. Nor does it hold classes of signed jars: copies are not signed. All copies get one fixed time, because the cache is bound
 * to the times of the jars.
 *
 * <p>Bouncy Castle is used for certificates, not as a security provider. A jar that offers one has it made, with 700 classes, at
 * the first algorithm that a JVM looks for: copies offer none.
 *
 * <p>zstd-jni calls its library by the Foreign Function and Memory API from Java 22 on, which makes 30 classes and 200 method handles that
 * no cache keeps (docs/adr/0011), and by JNI before: copies have the latter alone.
 *
 * <p>Native libraries in jars are unpacked at each start of a JVM. Copies have none: build-tree puts those for this machine beside the jars.
 */
public final class ModernJars {
    private static final int FIRST_WITH_STACK_MAPS = 51;
    private static final Pattern LEFT_OUT =
            Pattern.compile("META-INF/[^/]+\\.(SF|DSA|RSA|EC)|META-INF/services/java\\.security\\.Provider|"
                    + "META-INF/versions/22/com/github/luben/zstd/.*|"
                    + "META-INF/native/libnetty_tcnative_.*|(aix|darwin|freebsd|linux|win)/.*/libzstd-jni-.*");
    private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    private final ClassFile classFile;

    private ModernJars(List<Path> jars) throws IOException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        ClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
        classFile = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ConstantPoolSharingOption.NEW_POOL, // else code is copied as it is, without stack maps
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)
                        .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    public static void main(String[] arguments) throws IOException {
        Path from = Path.of(arguments[0]);
        Path to = Files.createDirectories(Path.of(arguments[1]));
        List<Path> jars;
        try (Stream<Path> files = Files.list(from)) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
        ModernJars modern = new ModernJars(jars);
        for (Path jar : jars) {
            Path copy = to.resolve(jar.getFileName());
            modern.copy(jar, copy);
            Files.setLastModifiedTime(copy, TIME);
        }
    }

    private void copy(Path jar, Path copy) throws IOException {
        try (ZipFile in = new ZipFile(jar.toFile())) {
            if (in.stream().noneMatch(entry -> isLeftOut(entry) || isOldClass(in, entry))) {
                Files.copy(jar, copy);
                return;
            }
            try (OutputStream file = Files.newOutputStream(copy);
                    ZipOutputStream out = new ZipOutputStream(file)) {
                Enumeration<? extends ZipEntry> entries = in.entries();
                while (entries.hasMoreElements()) {
                    ZipEntry entry = entries.nextElement();
                    if (!isLeftOut(entry)) {
                        copyEntry(in, entry, out);
                    }
                }
            }
        }
    }

    private void copyEntry(ZipFile in, ZipEntry entry, ZipOutputStream out) throws IOException {
        ZipEntry written = new ZipEntry(entry.getName());
        written.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(written);
        byte[] content = read(in, entry);
        if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
            unsigned(content).write(out);
        } else {
            out.write(isOldClass(in, entry) ? modernised(content) : content);
        }
        out.closeEntry();
    }

    /** The manifest without what it says of single files, which is their digests. */
    private static Manifest unsigned(byte[] content) throws IOException {
        Manifest manifest = new Manifest(new ByteArrayInputStream(content));
        manifest.getEntries().clear();
        return manifest;
    }

    private static boolean isLeftOut(ZipEntry entry) {
        return LEFT_OUT.matcher(entry.getName()).matches();
    }

    private byte[] modernised(byte[] content) {
        ClassModel model = classFile.parse(content); // without its version it is written with the current one
        return classFile.transformClass(model, ClassTransform.dropping(ClassFileVersion.class::isInstance));
    }

    private static boolean isOldClass(ZipFile jar, ZipEntry entry) {
        if (!entry.getName().endsWith(".class")) {
            return false;
        }
        try {
            byte[] content = read(jar, entry);
            return ((content[6] & 0xff) << 8 | content[7] & 0xff) < FIRST_WITH_STACK_MAPS;
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + entry.getName() + " of " + jar.getName(), e);
        }
    }

    private static byte[] read(ZipFile jar, ZipEntry entry) throws IOException {
        try (InputStream content = jar.getInputStream(entry)) {
            return content.readAllBytes();
        }
    }
}
