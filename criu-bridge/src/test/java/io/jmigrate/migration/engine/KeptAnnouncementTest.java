package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.ControlMessage.Accepted;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.migration.wire.LocalChannel;
import io.jmigrate.pages.kept.KeptPeer;
import io.jmigrate.pages.kept.KeptTable;
import io.jmigrate.pages.kept.PageName;
import io.jmigrate.pages.kept.PageNames;
import io.jmigrate.runtime.failure.Failure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A source believes no more of a destination than it has said. */
class KeptAnnouncementTest {
    private static final String SECRET = "00".repeat(PageNames.SECRET_BYTES);
    private final LocalChannel[] link = LocalChannel.pair();

    private Runnable goOn = () -> {};

    private KeptPeer ask(Accepted accepted) {
        return KeptAnnouncement.ask(accepted, link[0].data(), Patience.LIMIT, goOn);
    }

    private void tell(int names) {
        link[1].data().send(new DataMessage.KeptNames(new byte[names * PageName.BYTES]));
    }

    @Test
    void oneThatHasKeptNothingSaysNothing() {
        assertThat(ask(KeptAnnouncement.accepting("secret", Optional.empty())).hasNothing())
                .isTrue();
    }

    @Test
    void namesComeInPieces() {
        tell(2);
        tell(1);
        KeptPeer peer = ask(new Accepted("secret", 3, SECRET));
        assertThat(peer.hasNothing()).isFalse();
        assertThat(peer.table().missing()).isZero();
    }

    @Test
    void theyAreNoMoreThanWereAnnouncedAndThoseAreBounded() {
        tell(3);
        refuses(new Accepted("secret", 2, SECRET));
        refuses(new Accepted("secret", KeptTable.PAGES_MAX + 1L, SECRET));
        refuses(new Accepted("secret", -1, SECRET));
    }

    @Test
    void oneThatIsCancelledReadsNoMoreOfThem() {
        tell(1);
        tell(1);
        AtomicInteger asked = new AtomicInteger();
        goOn = () -> {
            if (asked.incrementAndGet() == 2) {
                throw Failure.of(MigrationCode.CANCELLED, "cancelled");
            }
        };
        assertThatThrownBy(() -> ask(new Accepted("secret", 2, SECRET))).hasMessage("cancelled");
    }

    @Test
    void theyHaveASecret() {
        refuses(new Accepted("secret", 1, "00"));
        refuses(new Accepted("secret", 1, "no digits"));
    }

    @Test
    void nothingElseComesInTheirPlace() {
        link[1].data().send(new DataMessage.PagesEnd(0, true));
        refuses(new Accepted("secret", 1, SECRET));
    }

    private void refuses(Accepted accepted) {
        assertThatThrownBy(() -> ask(accepted))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(MigrationCode.PEER_PROTOCOL));
    }
}
