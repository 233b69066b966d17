package io.jmigrate.migration.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditEvent.Party;
import io.jmigrate.migration.audit.AuditEvent.Verdict;
import io.jmigrate.migration.audit.AuditLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No peer can have what others did rotated away, and nothing is left out without a word. */
class AuditBookTest {
    private static final int MORE = 412;

    @TempDir
    private Path root;

    private final AtomicLong clock = new AtomicLong();
    private final List<Runnable> later = new ArrayList<>();
    private AuditLog log;
    private AuditBook book;

    @BeforeEach
    void open() {
        log = AuditLog.of(root);
        book = new AuditBook(log, clock::get, later::add);
    }

    private static AuditEvent event(Deed deed) {
        return AuditEvent.of(deed, Verdict.REFUSED).by(new Party("10.0.0.2:7", "aa", "b"));
    }

    private void exhaust(String peer) {
        for (int line = 0; line < AuditBook.LINES_BURST; line++) {
            book.note(peer, event(Deed.OFFER));
        }
    }

    private List<AuditEvent> written() {
        return log.read().events();
    }

    @Test
    void countsWhatHasNoLine() {
        exhaust("a");
        for (int more = 0; more < MORE; more++) {
            book.note("a", event(more % 4 == 0 ? Deed.QUESTION : Deed.OFFER));
        }
        assertThat(written()).hasSize(AuditBook.LINES_BURST);
        assertThat(later).as("looked at later, once").hasSize(1);

        later.getFirst().run();
        assertThat(written()).hasSize(AuditBook.LINES_BURST + 1);
        assertThat(written().getLast().reasons())
                .containsExactly("412 have this line together: 309 offer refused, 103 question refused");
        assertThat(written().getLast().party()).isPresent();
    }

    @Test
    void saysItBeforeTheNextLine() {
        exhaust("a");
        book.note("a", event(Deed.DATA));
        clock.addAndGet(AuditBook.LINE_PAUSE.toNanos());
        book.note("a", event(Deed.PROBE));
        assertThat(written()).hasSize(AuditBook.LINES_BURST + 2);
        assertThat(written().getLast().deed()).isEqualTo(Deed.PROBE);
        later.getFirst().run();
        book.close();
        assertThat(written()).as("once").hasSize(AuditBook.LINES_BURST + 2);
    }

    @Test
    void saysItWhenTheServiceEnds() {
        exhaust("a");
        book.note("a", event(Deed.DATA));
        book.close();
        assertThat(written().getLast().reasons()).containsExactly("1 have this line together: 1 data refused");
    }

    @Test
    void hasLinesForEachPeer() {
        exhaust("a");
        book.note("b", event(Deed.OFFER));
        assertThat(written()).hasSize(AuditBook.LINES_BURST + 1);
    }

    @Test
    void hasLinesForDecisionsInAnyCase() {
        exhaust("a");
        book.require(event(Deed.OFFER));
        assertThat(written()).hasSize(AuditBook.LINES_BURST + 1);
    }

    @Test
    void countsAttemptsToPairTogetherWhateverCertificatesTheyHave() {
        for (int line = 0; line <= AuditBook.LINES_BURST; line++) {
            book.note("certificate " + line, event(Deed.PAIRING));
        }
        assertThat(written()).hasSize(AuditBook.LINES_BURST);
    }
}
