package io.jmigrate.migration.engine;

import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.migration.plan.LowerLayer;
import io.jmigrate.migration.transfer.LayerDigest;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.runtime.config.RootLayers;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.linux.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Whether what a root filesystem needs besides what comes is here, and may be used. */
record LandingRoot(LandingPolicy policy) {
    private static final int LAYERS_MAX = 128;
    private static final Predicate<String> SHARED_MARKER =
            Pattern.compile("\\.jmigrate-shared-[0-9a-f]{32}").asMatchPredicate();

    /** Why not, as a sentence without its node; empty if all is as it should be. */
    String obstacle(Offer offer) {
        return switch (offer.rootfs()) {
            case COPY -> "";
            case SHARED -> shared(offer);
            case DIFF -> layers(offer);
        };
    }

    /** Of a place that is not allowed a peer doesn't learn whether it exists. */
    private String shared(Offer offer) {
        String what = "root filesystem at " + JsonPath.quote(offer.rootfsPath());
        AllowedPlaces places = new AllowedPlaces(policy);
        try {
            Path rootfs = Path.of(offer.rootfsPath());
            if (!rootfs.isAbsolute() || !places.name(rootfs)) {
                return "the " + what + " is not in a directory that it may use";
            }
            return places.holdRoot(rootfs) && seesMarker(rootfs, offer.sharedMarker())
                    ? ""
                    : "it does not see the source's " + what;
        } catch (IOException | InvalidPathException e) {
            return "it does not see the source's " + what;
        }
    }

    private static boolean seesMarker(Path rootfs, String marker) {
        return SHARED_MARKER.test(marker) && Files.isRegularFile(rootfs.resolve(marker), LinkOption.NOFOLLOW_LINKS);
    }

    private String layers(Offer offer) {
        if (offer.lowers().isEmpty() || offer.lowers().size() > LAYERS_MAX) {
            return "the source has named no layers that can be looked for";
        }
        return offer.lowers().stream()
                .map(this::layer)
                .filter(obstacle -> !obstacle.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Of a layer that is not allowed a peer doesn't learn whether it exists. */
    private String layer(LowerLayer layer) {
        String what = "layer " + JsonPath.quote(layer.path()) + " of the root filesystem";
        AllowedPlaces places = new AllowedPlaces(policy);
        try {
            Path path = Path.of(layer.path());
            if (!path.isAbsolute() || !RootLayers.isPlain(layer.path()) || !places.name(path)) {
                return "the " + what + " is not in a directory that it may use";
            }
            if (!Files.isDirectory(path) || !places.hold(path)) {
                return "it does not have the " + what;
            }
            return LayerDigest.of(path).equals(layer.digest())
                    ? ""
                    : "its " + what + " is not what the source has there";
        } catch (IOException | LinuxException | InvalidPathException e) {
            return "the " + what + " can't be read there: " + e.getMessage();
        }
    }
}
