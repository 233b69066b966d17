package io.jmigrate.criu;

import io.jmigrate.criu.confine.ConfinedCgroups;
import io.jmigrate.criu.confine.ConfinedPart;
import io.jmigrate.criu.confine.Excess;
import io.jmigrate.criu.confine.ImageExcesses;
import io.jmigrate.criu.confine.Surroundings;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.image.entry.CgroupEntry;
import io.jmigrate.criu.mapping.CgroupImages;
import io.jmigrate.criu.request.CgroupMode;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.RestoreSlot;
import io.jmigrate.runtime.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the images of strangers to what the bundle grants, before CRIU reads them, and lets nobody's have frozen cgroups.
 *
 * @param slot its place
 * @param cgroups the container's, see {@link WaitingCriu#cgroups}
 * @param criu pid of the process that restores
 */
record Confinement(RestoreRequest request, RestoreSlot slot, Map<String, String> cgroups, int criu) {
    /**
     * Refuses what nobody has consented to.
     *
     * @return what CRIU may read about cgroups in place of what the images say; empty if they may say what they say
     * @throws Failure IMAGES_EXCEED, IMAGES_INVALID
     */
    Optional<CgroupEntry> run() {
        CgroupEntry said = CgroupImages.read(request.imageDirectory());
        CgroupEntry running = CgroupImages.running(said);
        CgroupEntry granted = request.terms()
                .strangers()
                .map(consented -> confine(running, consented))
                .orElse(running);
        return Optional.of(granted).filter(entry -> !entry.equals(said));
    }

    private CgroupEntry confine(CgroupEntry said, Set<ConfinedPart> consented) {
        ConfinedCgroups confined =
                ConfinedCgroups.of(said, is(CgroupMode.IGNORE) ? Map.of() : cgroups, is(CgroupMode.FULL));
        List<Excess> excesses = new ArrayList<>(ImageExcesses.find(
                request.imageDirectory(),
                slot.config(),
                ChangedLimits.read(request.imageDirectory()).map(slot::limitsAfter),
                Surroundings.ofProcess(criu),
                confined));
        if (is(CgroupMode.FULL)) {
            excesses.add(new Excess(
                    ConfinedPart.LIMITS, "its limits are those of the images with --manage-cgroups-mode full"));
        }
        ImageExcesses.refuse(request.container().inSentence(), excesses, consented);
        refuse(confined.outside());
        return confined.entry();
    }

    private boolean is(CgroupMode mode) {
        return request.options().cgroups().equals(Optional.of(mode));
    }

    /** Nobody can consent to that: neither limits nor rules of devices would hold. */
    private void refuse(List<String> outside) {
        if (!outside.isEmpty()) {
            throw Failure.of(
                            CriuCode.IMAGES_EXCEED,
                            "cannot restore " + request.container().inSentence()
                                    + ": its images put it outside of its cgroups")
                    .withDetails(outside)
                    .withRemedy(OwnCgroups.REMEDY);
        }
    }
}
