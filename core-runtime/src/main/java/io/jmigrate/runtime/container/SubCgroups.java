package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.config.CgroupPlace;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cgroups below the container's that an executed process joins, as runC's {@code exec --cgroup} names them: {@code
 * [CONTROLLER[,CONTROLLER]:]CGROUP}, without a controller for all hierarchies. They must exist.
 */
final class SubCgroups {
    private static final String ALL = "";

    private SubCgroups() {}

    /**
     * The same places, each as far down as it is asked for.
     *
     * @throws Failure INVALID_CONFIG if a text is none of the above, or leads out of the container's cgroup
     */
    static CgroupPaths below(CgroupPaths container, List<String> texts) {
        Map<String, String> byController = byController(texts);
        return texts.isEmpty()
                ? container
                : new CgroupPaths(
                        container.places().stream()
                                .map(place -> below(place, byController))
                                .toList(),
                        container.unit());
    }

    private static CgroupPlace below(CgroupPlace place, Map<String, String> byController) {
        Set<String> asked = byController.keySet();
        return place.controllers().stream()
                .filter(asked::contains)
                .findFirst()
                .or(() -> asked.stream().filter(ALL::equals).findFirst())
                .map(controller -> below(place, byController.get(controller)))
                .orElse(place);
    }

    private static CgroupPlace below(CgroupPlace place, String cgroup) {
        var directory = place.directory().resolve(cgroup.replaceAll("^/+", "")).normalize();
        if (!directory.startsWith(place.directory())) {
            throw invalid(cgroup, "leads out of the container's");
        }
        return new CgroupPlace(place.controllers(), place.mountPoint(), directory);
    }

    private static Map<String, String> byController(List<String> texts) {
        Map<String, String> byController = new HashMap<>();
        for (String text : texts) {
            int colon = text.indexOf(':');
            if (colon < 0 && texts.size() > 1) {
                throw invalid(text, "needs a controller before it, as there are more than one");
            }
            String controllers = colon < 0 ? ALL : text.substring(0, colon);
            for (String controller : controllers.split(",", -1)) {
                if (colon >= 0 && controller.isEmpty()) {
                    throw invalid(text, "has an empty controller");
                }
                if (byController.put(controller, text.substring(colon + 1)) != null) {
                    throw invalid(text, "names " + controller + " a second time");
                }
            }
        }
        return byController;
    }

    private static Failure invalid(String text, String why) {
        return Failure.of(RuntimeCode.INVALID_CONFIG, "the cgroup " + text + " " + why);
    }
}
