package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.config.RootLayers;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;

/** The annotation that has an overlay mounted. */
final class RootLayersChecks {
    private static final String PATH = JsonPath.child("$.annotations", RootLayers.ANNOTATION);

    private RootLayersChecks() {}

    static void check(Subject subject, Problems problems) {
        String annotation = subject.spec().annotations().get(RootLayers.ANNOTATION);
        if (annotation == null) {
            return;
        }
        RootLayers.parse(annotation, PATH, problems);
        if (!subject.running() && subject.rights().isOrdinary()) {
            problems.invalid(PATH, "is for root: it mounts directories of the host");
        }
    }
}
