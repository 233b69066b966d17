package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import java.util.regex.Pattern;

/** The version of the specification: any 1.x, as its versions are compatible (config.md, "Specification version"). */
final class VersionCheck {
    private static final String PATH = "$.ociVersion";
    private static final Pattern SEMANTIC = Pattern.compile("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}([-+][0-9A-Za-z.+-]*)?");

    private VersionCheck() {}

    static void check(Subject subject, Problems problems) {
        String version = subject.spec().ociVersion();
        if (version.isEmpty()) {
            if (subject.lacks("ociVersion")) {
                problems.invalid(PATH, "is required");
            } else if (subject.spec().document().get("ociVersion").isTextual()) {
                problems.invalid(PATH, "must not be empty");
            }
        } else if (!SEMANTIC.matcher(version).matches()) {
            problems.invalid(PATH, "must be a semantic version, is " + JsonPath.quote(version));
        } else if (!version.startsWith("1.")) {
            problems.unsupported(PATH, "versions other than 1.x are not supported, it is " + version);
        }
    }
}
