package io.jmigrate.migration.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.plan.NodeLimits;
import io.jmigrate.migration.wire.Door.Pass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrangersTest {
    private static final NodeLimits LIMITS = new NodeLimits(
            5, 3, 4, Duration.ofSeconds(1), 2, Duration.ofSeconds(1), 3, Duration.ofSeconds(1), 2, 3, 2, 8);

    private final AtomicLong clock = new AtomicLong();
    private final Strangers strangers = new Strangers(LIMITS, clock::get);

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void areSoManyOfOneHostAtOnce() {
        Pass first = strangers.enter("10.0.0.1").orElseThrow();
        strangers.enter("10.0.0.1").orElseThrow();
        strangers.enter("10.0.0.1").orElseThrow();
        assertThat(strangers.enter("10.0.0.1")).isEmpty();
        first.close();
        first.close();
        assertThat(strangers.enter("10.0.0.1")).isPresent();
        assertThat(strangers.enter("10.0.0.1")).isEmpty();
    }

    @Test
    void areSoManyAltogether() {
        for (int host = 0; host < 5; host++) {
            assertThat(strangers.enter("10.0.0." + host)).isPresent();
        }
        assertThat(strangers.enter("10.0.0.9")).isEmpty();
    }

    @Test
    void areSoManyOfOneHostInATime() {
        for (int call = 0; call < 4; call++) {
            strangers.enter("10.0.0.1").orElseThrow().close();
        }
        assertThat(strangers.enter("10.0.0.1")).isEmpty();
        assertThat(strangers.enter("10.0.0.2")).isPresent();
        pass(Duration.ofMillis(999));
        assertThat(strangers.enter("10.0.0.1")).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(strangers.enter("10.0.0.1")).isPresent();
        assertThat(strangers.enter("10.0.0.1")).isEmpty();
    }

    @Test
    void countNoMoreWhenTheyAreKnown() {
        for (int call = 0; call < 1000; call++) {
            strangers.enter("10.0.0.1").orElseThrow().known();
        }
    }

    /** An attacker with a network of its own. */
    @Test
    void areRememberedWithinABound() {
        for (int network = 0; network < 20_000; network++) {
            strangers
                    .enter("2001:db8:%x:%x::1".formatted(network / 1000, network % 1000))
                    .ifPresent(Pass::close);
        }
        assertThat(strangers.enter("10.0.0.1")).isEmpty();
        pass(Duration.ofSeconds(5));
        assertThat(strangers.enter("10.0.0.1")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "::ffff:10.0.0.1, ::ffff:10.0.0.1",
        "2001:db8:0:1:2:3:4:5, 2001:db8:0:1::/64",
        "2001:db8:0:1:ffff::1, 2001:db8:0:1::/64",
        "fe80::1%eth0, fe80:0:0:0::/64",
        "::1, 0:0:0:0::/64"
    })
    void areToldApartByWhatOneHostCanHave(String address, String name) {
        assertThat(HostName.of(address)).isEqualTo(name);
    }

    /** Whatever comes and goes, the numbers hold. */
    @Property(tries = 300)
    void neverAreMoreThanTheLimits(@ForAll @Size(max = 60) List<@IntRange(max = 9) Integer> deeds) {
        AtomicLong time = new AtomicLong();
        Strangers all = new Strangers(LIMITS, time::get);
        List<Pass> inside = new ArrayList<>();
        for (int deed : deeds) {
            if (deed < 6) {
                Optional<Pass> pass = all.enter("10.0.0." + deed % 3);
                pass.ifPresent(inside::add);
            } else if (deed < 9 && !inside.isEmpty()) {
                inside.removeFirst().close();
            } else {
                time.addAndGet(Duration.ofMillis(700).toNanos());
            }
            assertThat(inside).hasSizeLessThanOrEqualTo(5);
        }
    }

    @Test
    void peersMayAskSoMuchInATimeAndSendSoManyAtOnce() {
        PeerQuotas quotas = new PeerQuotas(LIMITS, clock::get);
        assertThat(quotas.mayAsk("a")).isTrue();
        assertThat(quotas.mayAsk("a")).isTrue();
        assertThat(quotas.mayAsk("a")).isFalse();
        assertThat(quotas.mayAsk("b")).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(quotas.mayAsk("a")).isTrue();

        PeerQuotas.Place one = quotas.migration("a").orElseThrow();
        quotas.migration("a").orElseThrow();
        assertThat(quotas.migration("a")).isEmpty();
        quotas.migration("b").orElseThrow();
        assertThat(quotas.migration("c")).as("as many as all together").isEmpty();
        one.close();
        assertThat(quotas.migration("c")).isPresent();
    }

    @Test
    void peersMayOfferSoManyInATime() {
        PeerQuotas quotas = new PeerQuotas(LIMITS, clock::get);
        for (int offer = 0; offer < 3; offer++) {
            assertThat(quotas.mayOffer("a")).isTrue();
        }
        assertThat(quotas.mayOffer("a")).isFalse();
        assertThat(quotas.mayOffer("b")).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(quotas.mayOffer("a")).isTrue();
    }

    @Test
    void peersMayHaveSoManyConnectionsThatBelongToNoMigration() {
        PeerQuotas quotas = new PeerQuotas(LIMITS, clock::get);
        PeerQuotas.Place one = quotas.connection("a").orElseThrow();
        quotas.connection("a").orElseThrow();
        assertThat(quotas.connection("a")).isEmpty();
        assertThat(quotas.connection("b")).isPresent();
        one.close();
        one.close();
        assertThat(quotas.connection("a")).isPresent();
        assertThat(quotas.connection("a")).as("closed twice, left once").isEmpty();
    }
}
