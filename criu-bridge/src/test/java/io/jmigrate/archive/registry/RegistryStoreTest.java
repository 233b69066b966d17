package io.jmigrate.archive.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.archive.ArchiveFixture;
import io.jmigrate.archive.Compression;
import io.jmigrate.archive.Progress;
import io.jmigrate.archive.image.ArchiveImage;
import io.jmigrate.archive.image.ImageCode;
import io.jmigrate.archive.image.RegistryReference;
import io.jmigrate.archive.oci.ImageDocument;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FailureCode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryStoreTest {
    private static final String BLOBS = "/v2/team/web/blobs/";
    private static final String MANIFESTS = "/v2/team/web/manifests/";

    @TempDir
    private Path directory;

    private FakeRegistry registry;
    private Path archive;

    @BeforeEach
    void make() throws IOException {
        registry = new FakeRegistry();
        archive = ArchiveFixture.write(directory, "a.tar.zst", Compression.DEFAULT);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private RegistryReference reference() {
        return reference("v1");
    }

    private RegistryReference reference(String version) {
        return new RegistryReference(registry.host(), "team/web", version);
    }

    private static RegistryAccess access(Optional<Login> login) {
        return new RegistryAccess(true, Optional.empty(), login, () -> {});
    }

    private String push(RegistryReference image, RegistryAccess access) {
        try (RegistryStore store = new RegistryStore(image, access, Progress.SILENT)) {
            return new ArchiveImage(image, store, Progress.SILENT).push(archive);
        }
    }

    private Path pull(RegistryReference image, RegistryAccess access) {
        Path pulled = directory.resolve("pulled");
        try (RegistryStore store = new RegistryStore(image, access, Progress.SILENT)) {
            new ArchiveImage(image, store, Progress.SILENT).pull(pulled);
        }
        return pulled;
    }

    private String push() {
        return push(reference(), access(Optional.empty()));
    }

    private void assertNotPulled(RegistryReference image, FailureCode code, String words) {
        assertFails(() -> pull(image, access(Optional.empty())), code, words);
        assertThat(directory.resolve("pulled")).doesNotExist();
    }

    private static void assertFails(Runnable act, FailureCode code, String words) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageContaining(words);
    }

    @Test
    void carriesAnArchiveByteByByteUnderATagAndADigest() {
        String digest = push();
        assertThat(pull(reference(), access(Optional.empty()))).hasSameBinaryContentAs(archive);
        registry.content.put(MANIFESTS + digest, registry.content.get(MANIFESTS + "v1"));
        assertThat(directory.resolve("pulled").toFile().delete()).isTrue();
        assertThat(pull(reference(digest), access(Optional.empty()))).hasSameBinaryContentAs(archive);
    }

    @Test
    void sendsALayerOnce() {
        AtomicLong most = new AtomicLong();
        for (boolean known : new boolean[] {false, true}) {
            most.set(0);
            Progress sent = bytes -> most.accumulateAndGet(bytes, Math::max);
            try (RegistryStore store = new RegistryStore(reference(), access(Optional.empty()), sent)) {
                new ArchiveImage(reference(), store, Progress.SILENT).push(archive);
            }
            assertThat(most.get() >= archive.toFile().length()).isEqualTo(!known);
        }
    }

    @Test
    void asksForATokenWithTheLogin() {
        registry.wants("me:pass:word");
        RegistryAccess known = access(Optional.of(new Login("me", "pass:word")));
        push(reference(), known);
        assertThat(pull(reference(), known)).hasSameBinaryContentAs(archive);
    }

    @Test
    void tellsWhoIsRefused() {
        registry.wants("me:secret");
        assertFails(
                () -> push(reference(), access(Optional.empty())),
                RegistryCode.REGISTRY_DENIED,
                "refuses somebody without a login");
        assertFails(
                () -> push(reference(), access(Optional.of(new Login("you", "guess")))),
                RegistryCode.REGISTRY_DENIED,
                "refuses user \"you\" what was asked of team/web (status 401)");
    }

    @Test
    void refusesWhatIsNotWhatItsDigestSays() {
        String digest = push();
        byte[] manifest = registry.content.get(MANIFESTS + "v1");
        byte[] other = new String(manifest, StandardCharsets.UTF_8)
                .replace("\"web\"", "\"wed\"")
                .getBytes(StandardCharsets.UTF_8);
        registry.content.put(MANIFESTS + digest, other);
        assertNotPulled(reference(digest), ImageCode.IMAGE_ALTERED, "blob " + digest + " has another content");
        registry.content.replaceAll((path, bytes) -> path.startsWith(BLOBS) ? flipped(bytes) : bytes);
        assertNotPulled(reference(), ImageCode.IMAGE_ALTERED, "has another content");
        registry.content.replaceAll((path, bytes) -> path.startsWith(BLOBS) ? Arrays.copyOf(bytes, 1 << 20) : bytes);
        assertNotPulled(reference(), ImageCode.IMAGE_ALTERED, "has another content");
        registry.content.remove(MANIFESTS + "v1");
        assertNotPulled(reference(), ImageCode.IMAGE_MISSING, "is not there");
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[bytes.length / 2] ^= 1;
        return changed;
    }

    @Test
    void takesNoManifestWithoutEnd() {
        registry.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int sent = 0; sent < 3 * ImageDocument.BYTES_MAX; sent += piece.length) {
                    out.write(piece);
                }
            } catch (IOException e) {
                // nobody reads on
            }
            return true;
        });
        assertNotPulled(reference(), ImageCode.IMAGE_INVALID, "its manifest has more than 4194304 bytes");
    }

    @Test
    void tellsThatAnAnswerWasCutOff() {
        push();
        registry.answers(exchange -> {
            boolean layer = exchange.getRequestURI().getPath().startsWith(BLOBS);
            if (layer) {
                exchange.sendResponseHeaders(200, archive.toFile().length());
                exchange.getResponseBody().write(new byte[100]);
                exchange.getResponseBody().flush();
            }
            return layer; // and closes
        });
        assertNotPulled(reference(), RegistryCode.REGISTRY_UNREACHABLE, "ended the connection");
    }

    @Test
    void sendsALayerToNoOtherPlace() {
        for (String place :
                new String[] {"http://127.0.0.1:1/v2/upload", "https://" + registry.host() + "/u", "", "::"}) {
            registry.answers(exchange -> {
                boolean begins = exchange.getRequestMethod().equals("POST");
                if (begins) {
                    exchange.getResponseHeaders().set("Location", place);
                    FakeRegistry.reply(exchange, 202, "");
                }
                return begins;
            });
            assertFails(this::push, RegistryCode.REGISTRY_FAILED, "the layer");
        }
    }

    @Test
    void quotesTheRegistryWithoutWhatATerminalWouldObey() {
        registry.answers(exchange -> {
            boolean takes = exchange.getRequestMethod().equals("PUT");
            if (takes) {
                FakeRegistry.reply(
                        exchange, 507, "{\"errors\":[{\"code\":\"FULL\",\"message\":\"no \\u001b[31m room\"}]}");
            }
            return takes;
        });
        assertFails(this::push, RegistryCode.REGISTRY_FAILED, " answers 507 for team/web: FULL no  [31m room");
        registry.answers(exchange -> {
            FakeRegistry.reply(exchange, 500, "<html>");
            return true;
        });
        assertFails(this::push, RegistryCode.REGISTRY_FAILED, " answers 500 for team/web");
        assertNotPulled(reference(), RegistryCode.REGISTRY_FAILED, " answers 500 for team/web");
    }

    @Test
    void tellsWhyNobodyAnswers() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertNotPulled(
                new RegistryReference("127.0.0.1:" + free, "x", "v1"),
                RegistryCode.REGISTRY_UNREACHABLE,
                "registry 127.0.0.1:" + free + " can't be reached");
        RegistryAccess secure = new RegistryAccess(false, Optional.empty(), Optional.empty(), () -> {});
        assertFails(
                () -> push(new RegistryReference("registry.invalid", "x", "v1"), secure),
                RegistryCode.REGISTRY_UNREACHABLE,
                "there is no host of that name");
    }

    @Test
    void followsTheRegistryToNoPlaceThatIsLessSafe() {
        push();
        registry.wants("me:secret");
        RegistryAccess known = access(Optional.of(new Login("me", "secret")));
        for (String path : List.copyOf(registry.content.keySet())) {
            registry.content.put("/moved" + path, registry.content.get(path));
        }
        leadsTo("");
        assertThat(pull(reference(), known)).hasSameBinaryContentAs(archive);
        assertThat(directory.resolve("pulled").toFile().delete()).isTrue();
        leadsTo("http://127.0.0.1:1");
        assertFails(
                () -> pull(reference(), known), RegistryCode.REGISTRY_FAILED, "leads to where nothing is protected");
        leadsTo("file://");
        assertFails(() -> pull(reference(), known), RegistryCode.REGISTRY_FAILED, "leads to what is no address");
    }

    @Test
    void sendsNoBlobThatIsElsewhere() {
        push();
        for (String path : List.copyOf(registry.content.keySet())) {
            registry.content.put("/moved" + path, registry.content.get(path));
        }
        int sent = uploads();
        leadsTo("");
        push();
        assertThat(uploads() - sent).as("new is the image's config alone").isOne();
        assertThat(registry.requests).anyMatch(request -> request.startsWith("HEAD /moved/"));
    }

    private int uploads() {
        synchronized (registry.requests) {
            return (int) registry.requests.stream()
                    .filter(request -> request.startsWith("POST"))
                    .count();
        }
    }

    private void leadsTo(String origin) {
        registry.answers(exchange -> {
            boolean leads = List.of("GET", "HEAD").contains(exchange.getRequestMethod())
                    && exchange.getRequestURI().getPath().startsWith(BLOBS);
            if (leads) {
                exchange.getResponseHeaders().set("Location", origin + "/moved" + exchange.getRequestURI());
                FakeRegistry.reply(exchange, 307, "");
            }
            return leads;
        });
    }

    @Test
    void givesALoginToNoPlaceThatIsLessSafe() {
        registry.answers(exchange -> {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"http://127.0.0.1:1/token\"");
            FakeRegistry.reply(exchange, 401, "");
            return true;
        });
        assertFails(
                () -> push(reference(), access(Optional.of(new Login("me", "secret")))),
                RegistryCode.REGISTRY_FAILED,
                "leads to where nothing is protected: http://127.0.0.1:1/token");
    }

    @Test
    void speaksInPlainToThisMachineAlone() {
        for (String host :
                new String[] {"registry.example.org", "10.0.0.1:5000", "[fe80::1]:5000", "127.example.org"}) {
            assertNotPulled(
                    new RegistryReference(host, "x", "v1"),
                    RegistryCode.REGISTRY_UNTRUSTED,
                    "it does not go there in plain");
        }
    }

    @Test
    void endsWithTheCallerWhileARegistryIsSilent() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        registry.answers(exchange -> {
            asked.countDown();
            return waited(over);
        });
        RegistryAccess impatient = new RegistryAccess(true, Optional.empty(), Optional.empty(), () -> {
            if (asked.getCount() == 0) {
                throw Failure.of(RegistryCode.REGISTRY_FAILED, "cancelled");
            }
        });
        assertFails(() -> pull(reference(), impatient), RegistryCode.REGISTRY_FAILED, "cancelled");
        over.countDown();
    }

    private static boolean waited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
