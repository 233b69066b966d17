package io.jmigrate.archive.registry;

import io.jmigrate.archive.image.RegistryReference;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Requests to one registry about one repository, and the waiting for their answers. */
final class RegistryConnection implements AutoCloseable {
    private static final Duration SILENCE_MAX = Duration.ofSeconds(60);
    /** After the last byte of a blob a registry may bring it to another place before it answers. */
    private static final Duration SILENCE_MAX_AFTER_BLOB = Duration.ofMinutes(15);

    private static final int WORDS_BYTES_MAX = 64 << 10;
    private static final String HUB_HOST = "registry-1.docker.io";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final URI base;
    private final RegistryTrouble trouble;
    private final Patience patience;
    private final HttpClient client;
    private final RegistryHttp http;

    /** An answer that was read to its end. */
    record Answer(int status, HttpHeaders headers, String body) {}

    /** @throws Failure REGISTRY_UNTRUSTED if another machine is to be spoken to without TLS, or the authorities can't be read */
    RegistryConnection(RegistryReference image, RegistryAccess access) {
        String host = image.isHub() ? HUB_HOST : image.registry();
        base = URI.create((access.plain() ? "http://" : "https://") + host + "/v2/" + image.repository() + "/");
        if (access.plain()) {
            requireThisMachine(image);
        }
        trouble = new RegistryTrouble(image, access);
        client = RegistryClients.client(access, SILENCE_MAX, threads);
        http = new RegistryHttp(client, base, access.login());
        patience = new Patience(access.check(), threads);
    }

    private void requireThisMachine(RegistryReference image) {
        String host = base.getHost();
        boolean loopback = host.equals("localhost")
                || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.startsWith("[") && isLoopback(host);
        if (!loopback) {
            throw Failure.of(
                    RegistryCode.REGISTRY_UNTRUSTED,
                    "registry " + image.registry() + " is on another machine, and a checkpoint holds all memory of a"
                            + " container: it does not go there in plain");
        }
    }

    private static boolean isLoopback(String address) {
        return InetAddress.ofLiteral(address.substring(1, address.length() - 1)).isLoopbackAddress();
    }

    URI at(String path) {
        return base.resolve(path);
    }

    /** Sends a request that is answered with a few words. */
    Answer ask(RegistryRequest request) {
        return await(SILENCE_MAX, () -> answer(request));
    }

    /** The same for one with a blob. */
    Answer give(RegistryRequest request) {
        return await(SILENCE_MAX_AFTER_BLOB, () -> answer(request));
    }

    private Answer answer(RegistryRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request);
        try (InputStream body = response.body()) {
            String words = new String(body.readNBytes(WORDS_BYTES_MAX), StandardCharsets.UTF_8);
            return new Answer(response.statusCode(), response.headers(), words);
        }
    }

    /** Sends a request whose answer's body comes while it is read. */
    HttpResponse<InputStream> open(RegistryRequest request) {
        return await(SILENCE_MAX, () -> http.send(request));
    }

    InputStream patient(InputStream body) {
        return new PatientInput(body, patience, SILENCE_MAX, trouble);
    }

    /** Something of a body was taken. */
    void heard() {
        patience.heard();
    }

    RegistryTrouble trouble() {
        return trouble;
    }

    private <T> T await(Duration silence, Callable<T> request) {
        try {
            return patience.await(silence, request);
        } catch (IOException e) {
            throw trouble.of(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
