package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.spec.HookSpec;
import io.jmigrate.runtime.spec.HooksSpec;
import java.util.List;

/** Hooks: which program to run. */
final class HookChecks {
    private HookChecks() {}

    static void check(Subject subject, Problems problems) {
        HooksSpec hooks = subject.spec().hooks();
        check("$.hooks.prestart", hooks.prestart(), problems);
        check("$.hooks.createRuntime", hooks.createRuntime(), problems);
        check("$.hooks.createContainer", hooks.createContainer(), problems);
        check("$.hooks.startContainer", hooks.startContainer(), problems);
        check("$.hooks.poststart", hooks.poststart(), problems);
        check("$.hooks.poststop", hooks.poststop(), problems);
    }

    private static void check(String path, List<HookSpec> hooks, Problems problems) {
        for (int i = 0; i < hooks.size(); i++) {
            String program = hooks.get(i).path();
            String at = JsonPath.element(path, i) + ".path";
            if (program.isEmpty()) {
                problems.invalid(at, "is required");
            } else if (!program.startsWith("/")) {
                problems.invalid(at, "must be an absolute path, is " + JsonPath.quote(program));
            }
        }
    }
}
