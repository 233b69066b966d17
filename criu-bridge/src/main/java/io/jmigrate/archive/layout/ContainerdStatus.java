package io.jmigrate.archive.layout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;

/** The two documents that only containerd has, for a container that it has never seen. */
final class ContainerdStatus {
    /** CONTAINER_RUNNING of the CRI (k8s.io/cri-api, api.proto). */
    private static final int RUNNING = 1;

    private ContainerdStatus() {}

    /** {@code status.dump}: a ContainerStatus of the CRI. */
    static ObjectNode cri(ObjectNode config) {
        String image = config.path("rootfsImageName").asText();
        ObjectNode status = Documents.object()
                .put("id", config.path("id").asText())
                .put("state", RUNNING)
                .put("created_at", createdNanos(config))
                .put("started_at", createdNanos(config))
                .put("image_ref", config.path("rootfsImageRef").asText(image));
        status.putObject("metadata").put("name", config.path("name").asText());
        status.putObject("image").put("image", image).put("user_specified_image", image);
        status.putObject("labels");
        status.putObject("annotations");
        return status;
    }

    /** {@code status}: what containerd itself keeps (internal/cri/store/container/status.go). */
    static ObjectNode internal(ObjectNode config) {
        return Documents.object()
                .put("Version", "v1")
                .put("CreatedAt", createdNanos(config))
                .put("StartedAt", createdNanos(config))
                .put("FinishedAt", 0)
                .put("ExitCode", 0);
    }

    private static long createdNanos(ObjectNode config) {
        try {
            Instant created =
                    OffsetDateTime.parse(config.path("createdTime").asText()).toInstant();
            return Math.addExact(TimeUnit.SECONDS.toNanos(created.getEpochSecond()), created.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            return 0; // not known
        }
    }
}
