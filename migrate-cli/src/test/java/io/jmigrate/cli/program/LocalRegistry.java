package io.jmigrate.cli.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.node.fixture.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Debian's docker-registry on a port of this machine, with a certificate and a password, for one test. */
final class LocalRegistry implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
    private static final String USER = "tester";
    private static final String PASSWORD = "secret";

    /** Of the password, by bcrypt. */
    private static final String HASH = "$2b$04$uyiV5dsz.3SD9OnmZ4qyieFJ3z/8.23emTzikmW7GpIBI9fJb8Yl2";

    private final Path directory;
    private final String host;
    private final Daemon daemon;

    private LocalRegistry(Path directory, String host, Daemon daemon) {
        this.directory = directory;
        this.host = host;
        this.daemon = daemon;
    }

    /** Starts it, with all that it keeps in a directory. Skips where it is not installed. */
    static LocalRegistry in(Path directory) throws IOException {
        assumeTrue(Files.isExecutable(PROGRAM), "docker-registry is not installed: run ./setup");
        int port = FreePort.find();
        certificate(directory);
        Files.writeString(directory.resolve("htpasswd"), USER + ":" + HASH + "\n");
        Path settings = Files.writeString(directory.resolve("registry.json"), settings(directory, port));
        Daemon daemon = Daemon.start(
                List.of(PROGRAM.toString(), "serve", settings.toString()),
                Map.of(),
                directory.resolve("registry.log"),
                () -> listens(port));
        return new LocalRegistry(directory, "127.0.0.1:" + port, daemon);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void certificate(Path directory) {
        Programs.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=registry",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                directory.resolve("key.pem").toString(),
                "-out",
                directory.resolve("ca.crt").toString());
    }

    /** JSON is YAML. */
    private static String settings(Path directory, int port) {
        return """
                {"version": "0.1",
                 "log": {"level": "warn", "accesslog": {"disabled": true}},
                 "storage": {"filesystem": {"rootdirectory": "%1$s/storage"}},
                 "auth": {"htpasswd": {"realm": "tests", "path": "%1$s/htpasswd"}},
                 "http": {"addr": "127.0.0.1:%2$d", "secret": "of this test",
                          "tls": {"certificate": "%1$s/ca.crt", "key": "%1$s/key.pem"}}}
                """.formatted(directory, port);
    }

    /** Host and port. */
    String host() {
        return host;
    }

    /** With its own certificate, which nobody else vouches for. */
    Path authorities() {
        return directory.resolve("ca.crt");
    }

    /** A file of logins, as podman writes it. */
    Path logins() throws IOException {
        String login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return Files.writeString(
                directory.resolve("auth.json"), "{\"auths\": {\"" + host + "\": {\"auth\": \"" + login + "\"}}}");
    }

    @Override
    public void close() {
        daemon.close();
    }
}
