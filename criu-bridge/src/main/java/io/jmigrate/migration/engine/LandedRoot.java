package io.jmigrate.migration.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.migration.plan.LowerLayer;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.runtime.config.RootLayers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The root filesystem of a bundle that a migration has made. If its upper layer came alone, the runtime mounts it over the lower ones as
 * long as the container exists, as the bundle's config says: also when it is started again after a reboot.
 */
final class LandedRoot {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UPPER = "upper";
    private static final String WORK = "work";

    private LandedRoot() {}

    /** The container's config as it is to be here. What the peer's says of overlays was about the peer's. */
    static ObjectNode config(Offer offer, ObjectNode config) {
        if (config.get("annotations") instanceof ObjectNode annotations) {
            annotations.remove(RootLayers.ANNOTATION);
        }
        String path =
                switch (offer.rootfs()) {
                    case COPY -> LandedBundle.ROOTFS;
                    case SHARED -> offer.rootfsPath();
                    case DIFF -> {
                        config.withObjectProperty("annotations").put(RootLayers.ANNOTATION, layers(offer));
                        yield LandedBundle.ROOTFS;
                    }
                };
        config.withObjectProperty("root").put("path", path);
        return config;
    }

    private static String layers(Offer offer) {
        return new RootLayers(offer.lowers().stream().map(LowerLayer::path).toList(), UPPER, WORK).annotation();
    }

    static void makeLayers(Path bundle) {
        try {
            Files.createDirectory(bundle.resolve(UPPER));
            Files.createDirectory(bundle.resolve(WORK));
        } catch (IOException e) {
            throw Failure.of(MigrationCode.TRANSFER, "cannot make the layers of " + bundle + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /**
     * Looks once more at one that was there before: since the node has judged the offer, somebody may have moved it or put a link there.
     *
     * @throws Failure PEER_FAILED if it may not be used any more
     */
    static void requireStill(Path bundle, LandingPolicy policy) {
        try {
            Path path = Path.of(JSON.readTree(bundle.resolve("config.json").toFile())
                    .path("root")
                    .path("path")
                    .asText());
            if (path.isAbsolute() && !new AllowedPlaces(policy).holdRoot(path)) {
                throw Failure.of(
                        MigrationCode.PEER_FAILED,
                        "the root filesystem " + JsonPath.quote(path.toString())
                                + " is not in a directory that may be used");
            }
        } catch (IOException e) {
            throw Failure.of(MigrationCode.PEER_FAILED, "cannot see the root filesystem: " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** Where what is sent of it belongs. */
    static Path tree(Path bundle) {
        Path upper = bundle.resolve(UPPER);
        return Files.isDirectory(upper, LinkOption.NOFOLLOW_LINKS) ? upper : bundle.resolve(LandedBundle.ROOTFS);
    }
}
