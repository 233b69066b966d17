package io.jmigrate.criu.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.image.entry.FileEntry;
import io.jmigrate.criu.image.entry.InetSocketEntry;
import io.jmigrate.criu.request.ForeignConnections;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class InetAddressesTest {
    private static final InetAddress OLD = InetAddress.ofLiteral("10.0.0.2");
    private static final InetAddress NEW = InetAddress.ofLiteral("10.1.0.3");
    private static final int[] ANY = {0};

    private final InetAddresses addresses = new InetAddresses(Map.of(OLD, NEW), false, ForeignConnections.REFUSED);

    @Test
    void changesSocketsOfBothVersions() {
        FileEntry listening = socket(10, words("10.0.0.2"), 80, ANY, 0);
        FileEntry mapped = socket(10, words("::ffff:10.0.0.2"), 80, new int[4], 0);
        FileEntry other = socket(10, words("10.0.0.20"), 80, ANY, 0);
        addresses.check(List.of(listening, mapped, other), Set.of());

        assertThat(moved(addresses, listening)).isEqualTo(socket(10, words("10.1.0.3"), 80, ANY, 0));
        assertThat(moved(addresses, mapped)).isEqualTo(socket(10, words("::ffff:10.1.0.3"), 80, new int[4], 0));
        assertThat(moved(addresses, other)).isEqualTo(other);

        InetAddresses six = new InetAddresses(
                Map.of(InetAddress.ofLiteral("fd00::2"), InetAddress.ofLiteral("fd00:1::3")),
                false,
                ForeignConnections.REFUSED);
        FileEntry datagrams = socket(7, words("fd00::2"), 53, new int[4], 0);
        six.check(List.of(datagrams), Set.of());
        assertThat(moved(six, datagrams)).isEqualTo(socket(7, words("fd00:1::3"), 53, new int[4], 0));
    }

    @Test
    void aConnectionMovesOnlyWithItsOtherEnd() {
        FileEntry here = socket(1, words("10.0.0.2"), 80, words("10.0.0.9"), 4711);
        FileEntry there = socket(1, words("10.0.0.9"), 4711, words("10.0.0.2"), 80);
        assertThatThrownBy(() -> addresses.check(List.of(here), Set.of()))
                .hasMessage(
                        "a connection with 10.0.0.9:4711 has the address 10.0.0.2, and its other end knows it by that");

        addresses.check(List.of(here, there), Set.of());
        assertThat(moved(addresses, there)).isEqualTo(socket(1, words("10.0.0.9"), 4711, words("10.1.0.3"), 80));
        addresses.check(List.of(there), Set.of()); // somebody else has moved
        new InetAddresses(Map.of(OLD, NEW), true, ForeignConnections.REFUSED).check(List.of(here), Set.of());
        new InetAddresses(Map.of(OLD, NEW), false, ForeignConnections.KEPT).check(List.of(here), Set.of());
    }

    @Test
    void anAddressThatNobodyHasIsAMistake() {
        FileEntry anywhere = socket(10, ANY, 80, ANY, 0);
        assertThatThrownBy(() -> addresses.check(List.of(anywhere), Set.of(OLD)))
                .hasMessage("no socket in the images and no interface of the bundle has the address 10.0.0.2");
        assertThatCode(() -> addresses.check(List.of(anywhere), Set.of(NEW)))
                .as("an interface has it, and the socket any")
                .doesNotThrowAnyException();
    }

    private static FileEntry moved(InetAddresses addresses, FileEntry entry) {
        return addresses.edit(List.of(entry)).apply(entry);
    }

    @Test
    void connectionsWithOthersAreClosedIfThatIsAskedForAndThoseWithinStay() {
        InetAddresses closing = new InetAddresses(Map.of(OLD, NEW), false, ForeignConnections.CLOSED);
        FileEntry listening = socket(10, words("10.0.0.2"), 80, ANY, 0);
        FileEntry foreign = socket(1, words("::ffff:10.0.0.2"), 80, words("::ffff:10.0.0.9"), 4711);
        FileEntry within = socket(1, words("10.0.0.2"), 80, words("10.0.0.2"), 4712);
        FileEntry otherEnd = socket(1, words("10.0.0.2"), 4712, words("10.0.0.2"), 80);
        FileEntry loopback = socket(1, words("127.0.0.1"), 80, words("127.0.0.1"), 4713);
        List<FileEntry> entries = List.of(listening, foreign, within, otherEnd, loopback);
        closing.check(entries, Set.of());
        UnaryOperator<FileEntry> edit = closing.edit(entries);

        FileEntry closed = socket(7, new int[4], 0, new int[4], 0);
        assertThat(edit.apply(foreign))
                .isEqualTo(closed.toBuilder()
                        .setIsk(closed.getIsk().toBuilder().setShutdown(3))
                        .build());
        assertThat(edit.apply(listening)).isEqualTo(socket(10, words("10.1.0.3"), 80, ANY, 0));
        assertThat(edit.apply(within)).isEqualTo(socket(1, words("10.1.0.3"), 80, words("10.1.0.3"), 4712));
        assertThat(edit.apply(otherEnd)).isEqualTo(socket(1, words("10.1.0.3"), 4712, words("10.1.0.3"), 80));
        assertThat(edit.apply(loopback)).isEqualTo(loopback);
    }

    /** As the kernel has it in memory; an address of version 4 in six words of text is mapped. */
    private static int[] words(String text) {
        byte[] bytes = InetAddress.ofLiteral(text).getAddress();
        ByteBuffer all = ByteBuffer.allocate(text.contains(":") ? 16 : 4).order(ByteOrder.nativeOrder());
        if (bytes.length < all.capacity()) {
            all.position(10).put((byte) -1).put((byte) -1);
        }
        all.put(bytes).flip();
        int[] words = new int[all.capacity() / Integer.BYTES];
        all.asIntBuffer().get(words);
        return words;
    }

    private static FileEntry socket(int state, int[] address, int port, int[] other, int otherPort) {
        InetSocketEntry socket = InetSocketEntry.newBuilder()
                .setFamily(address.length == 1 ? 2 : 10)
                .setType(1)
                .setProto(6)
                .setState(state)
                .setSrcPort(port)
                .setDstPort(otherPort)
                .addAllSrcAddr(Arrays.stream(address).boxed().toList())
                .addAllDstAddr(Arrays.stream(other).boxed().toList())
                .build();
        return FileEntry.newBuilder().setType(4).setId(1).setIsk(socket).build();
    }
}
