package io.jmigrate.archive.registry;

import io.jmigrate.archive.ArchiveCopy;
import io.jmigrate.archive.Progress;
import io.jmigrate.archive.image.ImageStore;
import io.jmigrate.archive.image.RegistryReference;
import io.jmigrate.archive.oci.AlteredBlobException;
import io.jmigrate.archive.oci.Blob;
import io.jmigrate.archive.oci.ImageDocument;
import io.jmigrate.archive.registry.RegistryConnection.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** An image in a registry. */
public final class RegistryStore implements ImageStore, AutoCloseable {
    private static final String MANIFESTS =
            ImageDocument.MANIFEST_TYPE + ", application/vnd.docker.distribution.manifest.v2+json";
    private static final String BLOB_TYPE = "application/octet-stream";

    private final RegistryReference image;
    private final RegistryConnection registry;
    private final Progress sent;

    /**
     * @param sent told about the bytes of a layer that were sent, by a thread of its own
     * @throws io.jmigrate.runtime.failure.Failure with a {@link RegistryCode}, as all of this
     */
    public RegistryStore(RegistryReference image, RegistryAccess access, Progress sent) {
        this.image = image;
        this.registry = new RegistryConnection(image, access);
        this.sent = sent;
    }

    @Override
    public StagedLayer stage(Path archive, Progress progress) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            return new SentLayer(archive, ArchiveCopy.copy(in, OutputStream.nullOutputStream(), progress));
        }
    }

    /** An archive that is sent from where it is. If it changes meanwhile, the registry does not take it. */
    private final class SentLayer implements StagedLayer {
        private final Path archive;
        private final ArchiveCopy.Copied copied;

        private SentLayer(Path archive, ArchiveCopy.Copied copied) {
            this.archive = archive;
            this.copied = copied;
        }

        @Override
        public Path file() {
            return archive;
        }

        @Override
        public ArchiveCopy.Copied copied() {
            return copied;
        }

        @Override
        public void add(Blob layer) {
            send(layer, () -> opened(archive));
        }

        @Override
        public void close() {
            // it was read in place
        }
    }

    private static InputStream opened(Path archive) {
        try {
            return Files.newInputStream(archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Blob add(String mediaType, byte[] document) {
        Blob blob = Blob.of(mediaType, document);
        send(blob, () -> new ByteArrayInputStream(document));
        return blob;
    }

    /** In one piece (distribution-spec, "Pushing a blob monolithically"), unless it is there. */
    private void send(Blob blob, Supplier<InputStream> content) {
        if (isThere(blob)) {
            return;
        }
        Answer begun = registry.ask(RegistryRequest.of("POST", registry.at("blobs/uploads/")));
        require(begun, HttpURLConnection.HTTP_ACCEPTED);
        Answer answer = registry.give(new RegistryRequest(
                "PUT", place(begun, blob), Map.of("Content-Type", BLOB_TYPE), () -> body(blob, content)));
        require(answer, HttpURLConnection.HTTP_CREATED);
    }

    private HttpRequest.BodyPublisher body(Blob blob, Supplier<InputStream> content) {
        return BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> new SentInput(content.get(), bytes -> {
                    registry.heard();
                    sent.reached(bytes);
                })),
                blob.bytes());
    }

    private boolean isThere(Blob blob) {
        Answer answer = registry.ask(RegistryRequest.of("HEAD", registry.at("blobs/" + blob.digest())));
        if (answer.status() == HttpURLConnection.HTTP_NOT_FOUND) {
            return false;
        }
        require(answer, HttpURLConnection.HTTP_OK);
        return true;
    }

    /** Where the registry wants the blob: with itself, for a login and a container's memory are sent there. */
    private URI place(Answer begun, Blob blob) {
        URI uploads = registry.at("blobs/uploads/");
        String location = begun.headers().firstValue("Location").orElse("");
        try {
            URI place = uploads.resolve(URI.create(location));
            if (location.isEmpty() || !Origin.of(place).equals(Origin.of(uploads))) {
                throw registry.trouble()
                        .of(new UnusableAnswerException("wants the layer at another place: " + location));
            }
            return URI.create(place + (place.getRawQuery() == null ? "?" : "&") + "digest=" + blob.digest());
        } catch (IllegalArgumentException e) {
            throw registry.trouble().of(new UnusableAnswerException("names no place for the layer"));
        }
    }

    @Override
    public Blob name(byte[] manifest) {
        require(
                registry.ask(new RegistryRequest(
                        "PUT",
                        registry.at("manifests/" + image.version()),
                        Map.of("Content-Type", ImageDocument.MANIFEST_TYPE),
                        () -> BodyPublishers.ofByteArray(manifest))),
                HttpURLConnection.HTTP_CREATED);
        return Blob.of(ImageDocument.MANIFEST_TYPE, manifest);
    }

    @Override
    public byte[] manifest() throws IOException {
        HttpResponse<InputStream> answer = get(new RegistryRequest(
                "GET",
                registry.at("manifests/" + image.version()),
                Map.of("Accept", MANIFESTS),
                BodyPublishers::noBody));
        byte[] bytes = ImageDocument.bytes(registry.patient(answer.body()), "its manifest");
        String digest = Blob.of(ImageDocument.MANIFEST_TYPE, bytes).digest();
        String said = answer.headers().firstValue("Docker-Content-Digest").orElse(digest);
        for (String expected : image.isDigest() ? List.of(image.version(), said) : List.of(said)) {
            if (!expected.equals(digest)) {
                throw new AlteredBlobException(expected);
            }
        }
        return bytes;
    }

    @Override
    public InputStream open(Blob blob) throws IOException {
        return registry.patient(get(RegistryRequest.of("GET", registry.at("blobs/" + blob.digest())))
                .body());
    }

    private HttpResponse<InputStream> get(RegistryRequest request) throws IOException {
        HttpResponse<InputStream> answer = registry.open(request);
        if (answer.statusCode() == HttpURLConnection.HTTP_OK) {
            return answer;
        }
        try (InputStream body = registry.patient(answer.body())) {
            if (answer.statusCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                throw new NoSuchFileException(request.target().getPath());
            }
            String said = new String(body.readNBytes(ImageDocument.BYTES_MAX), StandardCharsets.UTF_8);
            throw registry.trouble().of(answer.statusCode(), said);
        }
    }

    private void require(Answer answer, int status) {
        if (answer.status() != status) {
            throw registry.trouble().of(answer.status(), answer.body());
        }
    }

    @Override
    public void close() {
        registry.close();
    }
}
