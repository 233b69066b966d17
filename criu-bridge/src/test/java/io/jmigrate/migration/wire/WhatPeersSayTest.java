package io.jmigrate.migration.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.plan.Check;
import io.jmigrate.migration.plan.Check.End;
import io.jmigrate.runtime.failure.Failure;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts of a peer, as root's terminal and the service's log get them. */
class WhatPeersSayTest {
    private static Failure heard(ControlMessage said) {
        LocalChannel[] ends = LocalChannel.pair();
        ends[1].control().send(said);
        return catchThrowableOfType(
                Failure.class, () -> ends[0].control().await(ControlMessage.Accepted.class, Patience.LIMIT));
    }

    private static boolean isOnALine(String text) {
        return text.codePoints().noneMatch(Character::isISOControl)
                && text.codePoints().noneMatch(point -> Character.getType(point) == Character.FORMAT)
                && text.length() < 20_000;
    }

    @Property(tries = 300)
    void isOnALineEachAndNoLongerThanALineMayBe(@ForAll String reason, @ForAll List<String> details) {
        for (ControlMessage said : List.of(
                new ControlMessage.Failed(reason, details),
                new ControlMessage.Refused("PREFLIGHT", details),
                new ControlMessage.Refused("PREFLIGHT", List.of(reason)))) {
            Failure failure = heard(said);
            assertThat(Stream.concat(Stream.of(failure.getMessage()), failure.details().stream()))
                    .allMatch(WhatPeersSayTest::isOnALine);
        }
    }

    @Test
    void obeysNoTerminalAndForgesNoLine() {
        String evil = "no\n2026 jmigrate: all is well\u009b2J\u202e" + "x".repeat(10_000);
        Failure failure = heard(new ControlMessage.Failed(evil, Collections.nCopies(40, evil)));
        assertThat(failure.getMessage())
                .startsWith("the peer gave up: no\\u000a2026")
                .endsWith("x…");
        assertThat(failure.details()).hasSize(32);
        assertThat(Stream.concat(Stream.of(failure.getMessage()), failure.details().stream()))
                .allMatch(WhatPeersSayTest::isOnALine);
        Check check = Check.blocker(End.DESTINATION, evil, evil, evil).printable();
        assertThat(List.of(check.subject(), check.finding(), check.remedy())).allMatch(WhatPeersSayTest::isOnALine);
    }

    /** What became of a container is not the peer's to say by refusing. */
    @ParameterizedTest
    @EnumSource(MigrationCode.class)
    void isARefusalWhateverItCallsIt(MigrationCode code) {
        assertThat(heard(new ControlMessage.Refused(code.name(), List.of("no"))).code())
                .isIn(
                        MigrationCode.PREFLIGHT,
                        MigrationCode.PEER_REFUSED,
                        MigrationCode.PEER_RIGHTS,
                        MigrationCode.PEER_UNTRUSTED,
                        MigrationCode.PAIRING);
    }
}
