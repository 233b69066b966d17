package io.jmigrate.migration.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.JournalContents;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.plan.LandingCheck;
import io.jmigrate.migration.plan.LandingFacts.Place;
import io.jmigrate.migration.plan.LandingPolicy;
import io.jmigrate.migration.wire.ControlMessage.Offer;
import io.jmigrate.runtime.container.ContainerId;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks at the place that a container would have on this host. */
record LandingPlace(MigrationHost host, LandingPolicy policy, Journals journals) {

    /** Where the bundle of a container is made. */
    Path bundle(String container) {
        return policy.storage().resolve(container);
    }

    /** @param config of the offer */
    Place of(ContainerId id, Offer offer, JsonNode config) {
        return new Place(
                obstructions(id),
                new LandingRoot(policy).obstacle(offer),
                absentMounts(config),
                takenPids(offer.needs().pids()));
    }

    private List<String> obstructions(ContainerId id) {
        List<String> found = new ArrayList<>();
        if (host.containers().store().find(id).isPresent()) {
            found.add("there is a " + id.inSentence() + " already");
        }
        found.addAll(openArrivals(id));
        Path bundle = bundle(id.value());
        if (Files.exists(bundle, LinkOption.NOFOLLOW_LINKS) && !LandedBundle.isOne(bundle)) {
            found.add("the directory " + bundle + " exists and was not made by a migration");
        }
        return found;
    }

    /** Two arrivals of one container would have the same bundle and the same place. */
    private List<String> openArrivals(ContainerId id) {
        JournalContents contents = journals.contents();
        Stream<String> open = contents.records().stream()
                .filter(DestinationRecord.class::isInstance)
                .map(DestinationRecord.class::cast)
                .filter(entry -> entry.container().equals(id.value()))
                .filter(entry -> !entry.ended() || Files.exists(entry.images()))
                .map(entry -> "migration " + entry.id() + " of " + id.inSentence() + " to it is not over");
        Stream<String> damaged = contents.unreadable(Side.DESTINATION).stream()
                .map(journal -> "the journal of the migration " + journal.id() + " to it can't be read, and may be of "
                        + id.inSentence());
        return Stream.concat(open, damaged).toList();
    }

    /** Of those that are not allowed a peer doesn't learn whether they exist. */
    private List<String> absentMounts(JsonNode config) {
        return LandingCheck.allowedMounts(config, policy).stream()
                .filter(source -> !Files.exists(source))
                .map(Path::toString)
                .toList();
    }

    private static List<Integer> takenPids(List<Integer> pids) {
        return pids.stream()
                .filter(pid -> Files.exists(Path.of("/proc/" + pid)))
                .toList();
    }
}
