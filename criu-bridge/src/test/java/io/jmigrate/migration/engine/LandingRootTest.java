package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.plan.ContainerNeeds;
import io.jmigrate.migration.plan.ContainerSize;
import io.jmigrate.migration.plan.HostFacts;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.migration.plan.LowerLayer;
import io.jmigrate.migration.plan.NetworkTerms;
import io.jmigrate.migration.plan.RootfsMode;
import io.jmigrate.migration.transfer.LayerDigest;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingRootTest {
    private static final String MARKER = ".jmigrate-shared-" + "0a".repeat(16);

    @TempDir
    private Path directory;

    private Path image;
    private LowerLayer layer;

    @BeforeEach
    void makeAnImage() throws IOException {
        directory = directory.toRealPath();
        image = Files.createDirectories(directory.resolve("images/web"));
        Files.writeString(Files.createDirectory(image.resolve("etc")).resolve("motd"), "hello");
        layer = new LowerLayer(image.toString(), LayerDigest.of(image));
    }

    private String obstacle(LowerLayer... layers) {
        return new LandingRoot(policy()).obstacle(offer(RootfsMode.DIFF, "/srv/web", layers));
    }

    private LandingPolicy policy() {
        return LandingPolicy.at(directory.resolve("storage")).withMounts(List.of(directory.resolve("images")));
    }

    private static Offer offer(RootfsMode mode, String path, LowerLayer... layers) {
        return new Offer(
                MigrationId.random(),
                "web",
                "{}",
                mode,
                path,
                MARKER,
                List.of(layers),
                new HostFacts(
                        "",
                        List.of(),
                        new HostFacts.Criu("", false),
                        new HostFacts.Kernel("", Set.of(), "", List.of(), Set.of())),
                new ContainerSize(0, 0, 0, 0, 0),
                ContainerNeeds.NONE,
                NetworkTerms.KEEP,
                false,
                false,
                "",
                false);
    }

    @Test
    void aLayerThatIsTheSameWillDo() {
        assertThat(obstacle(layer)).isEmpty();
        assertThat(obstacle()).contains("no layers");
    }

    @Test
    void oneWithOtherContentOrMetadataWillNot() throws IOException {
        FileTime time = Files.getLastModifiedTime(image.resolve("etc/motd"));
        Files.writeString(image.resolve("etc/motd"), "hullo");
        Files.setLastModifiedTime(image.resolve("etc/motd"), time);
        assertThat(obstacle(layer))
                .isEqualTo("its layer \"" + image + "\" of the root filesystem is not what the source has there");
        Files.writeString(image.resolve("etc/motd"), "hello");
        Files.setLastModifiedTime(image.resolve("etc/motd"), time);
        assertThat(obstacle(layer)).isEmpty();
        Files.setAttribute(image.resolve("etc"), "unix:mode", 0700);
        assertThat(obstacle(layer)).contains("is not what the source has");
    }

    @Test
    void namesOfOneFileAreAsGoodAsCopiesOfIt() throws IOException {
        Path motd = image.resolve("etc/motd");
        Path copy = Files.copy(motd, image.resolve("etc/issue"), StandardCopyOption.COPY_ATTRIBUTES);
        LowerLayer copied = new LowerLayer(image.toString(), LayerDigest.of(image));
        Files.delete(copy);
        assertThat(obstacle(copied)).contains("is not what the source has");
        Files.createLink(copy, motd);
        assertThat(obstacle(copied)).isEmpty();
        FileTime time = Files.getLastModifiedTime(motd);
        Files.writeString(motd, "hullo");
        Files.setLastModifiedTime(motd, time);
        assertThat(obstacle(copied)).contains("is not what the source has");
    }

    @Test
    void oneThatIsElsewhereIsNotLookedAt() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("images/link"), image);
        assertThat(obstacle(new LowerLayer(link.toString(), layer.digest()))).contains("does not have the layer");
        assertThat(obstacle(new LowerLayer(directory.resolve("images/none").toString(), layer.digest())))
                .contains("does not have the layer");
        Path other = Files.createDirectory(directory.resolve("other"));
        for (String path : new String[] {other.toString(), image + "/../../other", "relative", image + ",x"}) {
            assertThat(obstacle(new LowerLayer(path, layer.digest()))).contains("not in a directory that it may use");
        }
    }

    private String sharedObstacle(String path) {
        return new LandingRoot(policy()).obstacle(offer(RootfsMode.SHARED, path));
    }

    @Test
    void aSharedOneIsInAnAllowedDirectoryAndHasTheMarker() throws IOException {
        assertThat(sharedObstacle(image.toString())).contains("does not see");
        Files.createFile(image.resolve(MARKER));
        assertThat(sharedObstacle(image.toString())).isEmpty();
        assertThat(sharedObstacle("relative")).contains("not in a directory that it may use");
    }

    /** What a peer's container has in its root filesystem is the peer's to choose: markers, and links to places of this host. */
    @Test
    void oneThatPeersHaveMadeIsNoSharedOne() throws IOException {
        Path usr = Files.createDirectories(directory.resolve("usr/bin")).getParent();
        for (String made : List.of("storage/first/rootfs/x", "images/web/x")) {
            Path place = Files.createDirectories(directory.resolve(made));
            Files.createFile(place.resolve(MARKER));
            Files.createSymbolicLink(place.resolve("l"), usr.resolve("bin"));
            assertThat(sharedObstacle(place + "/l/..")).isNotEmpty();
        }
        assertThat(sharedObstacle(directory.resolve("storage/first/rootfs/x").toString()))
                .contains("not in a directory that it may use");
    }

    @Test
    void aLinkThatComesInItsPlaceLaterIsSeenBeforeItIsUsed() throws IOException {
        Path bundle = Files.createDirectory(directory.resolve("bundle"));
        Files.createFile(image.resolve(MARKER));
        Offer offer = offer(RootfsMode.SHARED, image.toString());
        Files.writeString(
                bundle.resolve("config.json"),
                LandedRoot.config(offer, LandingSite.config(offer)).toString());
        LandedRoot.requireStill(bundle, policy());

        Files.move(image, directory.resolve("images/moved"));
        Files.createSymbolicLink(image, Files.createDirectory(directory.resolve("usr")));
        assertThatThrownBy(() -> LandedRoot.requireStill(bundle, policy()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("not in a directory that may be used");
    }

    @Test
    void oneThatCameAlongIsItsBundlesOwn() throws IOException {
        Path bundle = Files.createDirectory(directory.resolve("bundle"));
        Offer offer = offer(RootfsMode.COPY, "/usr");
        Files.writeString(
                bundle.resolve("config.json"),
                LandedRoot.config(offer, LandingSite.config(offer)).toString());
        assertThatCode(() -> LandedRoot.requireStill(bundle, policy())).doesNotThrowAnyException();
    }
}
