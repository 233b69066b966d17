package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.linux.SecurityModule;
import io.jmigrate.runtime.spec.ProcessSpec;
import java.util.Optional;

/** Labels of security modules: a container that asks for one must not run without it. */
final class LabelChecks {
    private LabelChecks() {}

    static void check(Subject subject, Problems problems) {
        String path = "$.linux.mountLabel";
        subject.spec().linux().mountLabel().ifPresent(label -> {
            checkModule(path, SecurityModule.SELINUX, problems);
            if (label.indexOf('"') >= 0) {
                problems.invalid(path, "must not hold a quotation mark, is " + JsonPath.quote(label));
            }
        });
    }

    /** Those of a process whose object is at a path of its document. */
    static void checkProcess(String path, ProcessSpec process, Problems problems) {
        check(path + ".apparmorProfile", process.apparmorProfile(), SecurityModule.APPARMOR, problems);
        check(path + ".selinuxLabel", process.selinuxLabel(), SecurityModule.SELINUX, problems);
    }

    private static void check(String path, Optional<String> label, SecurityModule module, Problems problems) {
        label.ifPresent(_ -> checkModule(path, module, problems));
    }

    private static void checkModule(String path, SecurityModule module, Problems problems) {
        if (!module.isEnabled()) {
            problems.unsupported(path, "needs " + module.title() + ", which this host's kernel does not use");
        }
    }
}
