package io.jmigrate.migration.engine;

import io.jmigrate.migration.admission.PeerQuotas.Place;
import io.jmigrate.migration.audit.AuditEvent;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditEvent.Party;
import io.jmigrate.migration.audit.AuditEvent.Verdict;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import java.util.List;
import java.util.Optional;

/**
 * One connection of a peer, as far as this node keeps account of it.
 *
 * @param party who it is
 * @param name what its requests are counted by
 */
record Visit(Reception reception, Party party, String name) {
    /** Whether it may ask one more question now; if not, that is written down. */
    boolean mayAsk(Deed deed) {
        boolean may = reception.quotas().mayAsk(name);
        if (!may) {
            note(AuditEvent.of(deed, Verdict.REFUSED).because(List.of("it asks too often")));
        }
        return may;
    }

    /** Whether it may offer one more container now. */
    boolean mayOffer() {
        return reception.quotas().mayOffer(name);
    }

    /** A place for this connection until it is known what migration it is for; empty if there are enough such. */
    Optional<Place> connection() {
        return reception.quotas().connection(name);
    }

    /** A place for one more migration; empty if it has as many as it may, or all peers together. */
    Optional<Place> place() {
        return reception.quotas().migration(name);
    }

    /** Whether the other connection is of the same peer: of the same certificate, where there are certificates. */
    boolean isOfSamePeer(Visit other) {
        return party.fingerprint().equals(other.party.fingerprint());
    }

    /** Writes down what has happened. */
    void note(AuditEvent event) {
        reception.log().note(name, event.by(party));
    }

    /** Writes down what is about to be done. @throws io.jmigrate.runtime.failure.Failure AUDIT if it can't be */
    void require(AuditEvent event) {
        reception.log().require(event.by(party));
    }

    void note(Deed deed, Verdict verdict, Offer offer, List<String> reasons) {
        note(AuditEvent.of(deed, verdict).about(offer.id(), offer.container()).because(reasons));
    }
}
