package io.jmigrate.archive.consent;

import io.jmigrate.runtime.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What was consented to, and a list of what would have needed it. */
final class Consent {
    private final Set<SpecPart> allowed;
    private final List<SpecItem> refused = new ArrayList<>();
    private final List<SpecItem> leftOut = new ArrayList<>();

    Consent(Set<SpecPart> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    /** Whether an item may be taken; if not, it is noted. */
    boolean to(SpecPart part, String what) {
        if (allowed.contains(part)) {
            return true;
        }
        (part.dispensable() ? leftOut : refused).add(new SpecItem(part, what));
        return false;
    }

    /** A text of the spec as messages show it. */
    static String quoted(String text) {
        return JsonPath.quote(text);
    }

    List<SpecItem> refused() {
        return List.copyOf(refused);
    }

    List<SpecItem> leftOut() {
        return List.copyOf(leftOut);
    }
}
