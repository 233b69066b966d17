package io.jmigrate.archive.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jmigrate.runtime.linux.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The requests of the distribution-spec that are made, answered from memory, and what a test wants answered instead. */
final class FakeRegistry implements AutoCloseable {
    /** Answers a request, or leaves it to the registry. */
    @FunctionalInterface
    interface Answer {
        boolean to(HttpExchange exchange) throws IOException;
    }

    private static final String REPOSITORY = "/v2/team/web/";
    private static final String TOKEN = "let-me-in";

    final Map<String, byte[]> content = new ConcurrentHashMap<>();
    final List<String> requests = new ArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Answer instead = exchange -> false;
    private volatile Optional<String> login = Optional.empty();

    FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    void answers(Answer answer) {
        instead = answer;
    }

    /** From now on it wants a token, which its other address gives for this user and password. */
    void wants(String userAndPassword) {
        login = Optional.of(userAndPassword);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        synchronized (requests) {
            requests.add(exchange.getRequestMethod() + " " + path);
        }
        try (exchange) {
            if (instead.to(exchange)) {
                return;
            }
            if (path.equals("/token")) {
                token(exchange);
            } else if (login.isPresent() && !authorization(exchange).equals("Bearer " + TOKEN)) {
                boolean reads = List.of("GET", "HEAD").contains(exchange.getRequestMethod());
                String rights = reads ? "pull" : "pull,push";
                exchange.getResponseHeaders()
                        .set(
                                "WWW-Authenticate",
                                "Bearer realm=\"http://" + host()
                                        + "/token\",service=\"fake\",scope=\"repository:team/web:" + rights + "\"");
                reply(exchange, 401, "{}");
            } else {
                serve(exchange, path);
            }
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        String expected =
                "Basic " + Base64.getEncoder().encodeToString(login.orElse("").getBytes(StandardCharsets.UTF_8));
        boolean known = authorization(exchange).equals(expected);
        reply(exchange, known ? 200 : 401, known ? "{\"token\":\"" + TOKEN + "\",\"expires_in\":300}" : "{}");
    }

    private static String authorization(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
    }

    private void serve(HttpExchange exchange, String path) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "POST" -> {
                exchange.getResponseHeaders().set("Location", REPOSITORY + "blobs/uploads/1?state=a%2Fb");
                reply(exchange, 202, "");
            }
            case "PUT" -> take(exchange, path);
            default -> give(exchange, path);
        }
    }

    private void take(HttpExchange exchange, String path) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String digest = "sha256:" + Sha256.hex(body);
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        if (path.contains("/uploads/") && !query.equals("state=a/b&digest=" + digest)) {
            reply(exchange, 400, "{\"errors\":[{\"code\":\"DIGEST_INVALID\",\"message\":\"not \\u001b[31m that\"}]}");
            return;
        }
        content.put(path.contains("/uploads/") ? REPOSITORY + "blobs/" + digest : path, body);
        reply(exchange, 201, "");
    }

    private void give(HttpExchange exchange, String path) throws IOException {
        byte[] body = content.get(path);
        if (body == null) {
            reply(exchange, 404, "{}");
        } else if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
        } else {
            reply(exchange, 200, body);
        }
    }

    static void reply(HttpExchange exchange, int status, String body) throws IOException {
        reply(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (InputStream rest = exchange.getRequestBody()) {
            rest.readAllBytes();
        }
        boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, none ? -1 : body.length);
        if (!none) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
