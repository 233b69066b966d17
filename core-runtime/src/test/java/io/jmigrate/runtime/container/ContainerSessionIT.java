package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.console.Console;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.plan.RootEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Session keyrings (keyrings(7)): what a container may see of the keys that its caller holds. */
class ContainerSessionIT extends OnRealHost {
    @BeforeEach
    void prepare() {
        assumeTrue(Files.exists(Path.of("/proc/keys")), "this kernel has no keys");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isOneForTheContainerAndWhatIsExecutedInIt(boolean userNamespace) {
        TestBundle bundle = unmasked(userNamespace);
        ContainerRecord record = host.start(bundle.running("/bin/sleep", "1000"));
        ContainerId id = record.id();

        List<String> first = host.exec(id, "/bin/sh", "-c", keyrings(id)).output();
        List<String> second = host.exec(id, "/bin/sh", "-c", keyrings(id)).output();

        assertThat(record.keyring().orElseThrow()).startsWith("_ses." + id);
        assertThat(first).hasSize(1).isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isTheCallersOnlyIfTheCallerSaysSo(boolean keeps) {
        ContainerId id = RealHost.newId();
        TestBundle bundle = unmasked(false).running("/bin/sleep", "1000");
        try (Fd nothing = Descriptors.open(Path.of("/dev/null"), OpenFlag.READ_WRITE)) {
            StandardStreams streams = new StandardStreams(nothing, nothing, nothing);
            host.containers()
                    .run()
                    .detached(new CreateRequest(
                            id,
                            bundle.directory(),
                            streams,
                            Console.none(),
                            Optional.empty(),
                            Optional.empty(),
                            RootEntry.PIVOT,
                            keeps,
                            List.of(),
                            0));
        }

        assertThat(host.exec(id, "/bin/sh", "-c", keyrings(id)).output()).hasSize(keeps ? 0 : 1);
    }

    /** The serial numbers of keyrings that bear the container's id. */
    private static String keyrings(ContainerId id) {
        return "grep keyring /proc/keys | grep -o '^[0-9a-f]*.*_ses.%s.*:' | grep -o '^[0-9a-f]*'".formatted(id);
    }

    private TestBundle unmasked(boolean userNamespace) {
        TestBundle bundle = host.bundle().changed(config -> ((ObjectNode) config.get("linux")).remove("maskedPaths"));
        return userNamespace ? bundle.inUserNamespace() : bundle;
    }
}
