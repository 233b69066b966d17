package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.Check.End;
import io.jmigrate.migration.plan.LowerLayer;
import io.jmigrate.migration.transfer.LayerDigest;
import io.jmigrate.migration.transfer.OverlayLayers;
import io.jmigrate.runtime.config.RootLayers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The overlay that a root filesystem here is, as far as its upper layer alone can travel.
 *
 * @param upper what travels
 * @param lowers what has to be at the destination
 * @param obstacle why it can't; empty if it can
 */
record SourceLayers(Path upper, List<Path> lowers, String obstacle) {
    /** With these an upper layer refers to the lower ones by more than names, or has its own attributes (overlayfs.rst). */
    private static final List<String> FEATURES = List.of("redirect_dir", "metacopy", "index", "nfs_export");

    private static final Path DEFAULTS = Path.of("/sys/module/overlay/parameters");

    static SourceLayers of(Path rootfs) {
        Optional<OverlayLayers> found = OverlayLayers.at(rootfs, MountInfo.ofSelf());
        if (found.isEmpty()) {
            return new SourceLayers(
                    rootfs,
                    List.of(),
                    "the root filesystem " + rootfs + " is not an overlay of which the layers are known");
        }
        OverlayLayers layers = found.get();
        try {
            List<Path> lowers = new ArrayList<>();
            for (Path lower : layers.lowers()) {
                lowers.add(lower.toRealPath());
            }
            return new SourceLayers(layers.upper(), lowers, obstacle(layers, lowers));
        } catch (IOException e) {
            return new SourceLayers(
                    layers.upper(), List.of(), "a layer of " + rootfs + " can't be found: " + IoReason.of(e));
        }
    }

    private static String obstacle(OverlayLayers layers, List<Path> lowers) throws IOException {
        for (String feature : FEATURES) {
            String set = layers.options().get(feature);
            if (set == null ? isDefault(feature) : !set.equals("off") && !set.equals("nofollow")) {
                return "the overlay of its root filesystem has the option " + feature;
            }
        }
        if (layers.options().containsKey("userxattr")) {
            return "the overlay of its root filesystem has the option userxattr";
        }
        for (Path lower : lowers) {
            if (!RootLayers.isPlain(lower.toString())) {
                return "a layer's name has characters that mount options can't have: " + lower;
            }
        }
        return "";
    }

    /** The kernel doesn't tell options that are as its module has them. */
    private static boolean isDefault(String feature) throws IOException {
        Path parameter = DEFAULTS.resolve(feature);
        return Files.exists(parameter) && Files.readString(parameter).startsWith("Y");
    }

    Check check() {
        return obstacle.isEmpty()
                ? Check.passed(End.SOURCE, "root filesystem", "its upper layer can travel alone")
                : Check.blocker(End.SOURCE, "root filesystem", obstacle, "take --rootfs copy");
    }

    /** Reads all of the lower layers; none if the upper one can't travel. @throws Failure TRANSFER */
    List<LowerLayer> described() {
        List<LowerLayer> described = new ArrayList<>();
        for (Path lower : obstacle.isEmpty() ? lowers : List.<Path>of()) {
            try {
                described.add(new LowerLayer(lower.toString(), LayerDigest.of(lower)));
            } catch (IOException | LinuxException e) {
                throw Failure.of(
                                MigrationCode.TRANSFER,
                                "cannot read the layer " + lower + " of the root filesystem: " + e.getMessage())
                        .withCause(e);
            }
        }
        return described;
    }
}
