package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.migration.plan.LandingPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowedPlacesTest {
    @TempDir
    private Path host;

    private Path shared;
    private Path secret;
    private AllowedPlaces places;

    @BeforeEach
    void make() throws IOException {
        host = host.toRealPath();
        shared = Files.createDirectory(host.resolve("shared"));
        secret = Files.createDirectory(host.resolve("secret"));
        Files.createDirectory(shared.resolve("web"));
        places = new AllowedPlaces(LandingPolicy.at(host.resolve("arrived")).withMounts(List.of(shared)));
    }

    private static ObjectNode mounting(Path source) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.putArray("mounts").addObject().put("type", "bind").put("source", source.toString());
        return config;
    }

    @Test
    void letAMountStayWithinThem() throws IOException {
        Files.createSymbolicLink(shared.resolve("inner"), shared.resolve("web"));
        assertThat(places.strayMounts(mounting(shared.resolve("web")))).isEmpty();
        assertThat(places.strayMounts(mounting(shared.resolve("inner")))).isEmpty();
        assertThat(places.strayMounts(mounting(shared.resolve("absent")))).isEmpty();
    }

    @Test
    void letNoLinkLeadOutOfThem() throws IOException {
        Files.createSymbolicLink(shared.resolve("link"), secret);
        Files.createDirectory(secret.resolve("below"));
        assertThat(places.strayMounts(mounting(shared.resolve("link"))))
                .singleElement()
                .asString()
                .contains("a link to what is not allowed");
        assertThat(places.strayMounts(mounting(shared.resolve("link/below")))).hasSize(1);
    }

    /** As where /var/run is one to /run. */
    @Test
    void mayBeLinksThemselves() throws IOException {
        Path other = Files.createSymbolicLink(host.resolve("other"), shared);
        AllowedPlaces linked =
                new AllowedPlaces(LandingPolicy.at(host.resolve("arrived")).withMounts(List.of(other)));
        assertThat(linked.strayMounts(mounting(other.resolve("web")))).isEmpty();
        assertThat(linked.holdRoot(shared.resolve("web"))).isTrue();
    }

    @Test
    void holdASharedRootFilesystemThatIsReallyThere() throws IOException {
        Files.createSymbolicLink(shared.resolve("link"), secret);
        Files.createSymbolicLink(shared.resolve("web/l"), Files.createDirectory(secret.resolve("below")));
        assertThat(places.holdRoot(shared.resolve("web"))).isTrue();
        assertThat(places.holdRoot(shared.resolve("link"))).isFalse();
        assertThat(places.holdRoot(shared.resolve("../secret"))).isFalse();
        assertThat(places.holdRoot(shared.resolve("web/l/.."))).isFalse();
        assertThat(places.holdRoot(secret)).isFalse();
    }

    @Test
    void holdNoRootFilesystemWhereThoseOfPeersLand() throws IOException {
        Path landed = Files.createDirectories(shared.resolve("arrived/web/rootfs"));
        AllowedPlaces around =
                new AllowedPlaces(LandingPolicy.at(shared.resolve("arrived")).withMounts(List.of(shared)));
        assertThat(around.holdRoot(landed)).isFalse();
        assertThat(around.holdRoot(shared.resolve("web"))).isTrue();
    }
}
