package io.jmigrate.archive.image;

import java.util.regex.Pattern;

/** Names of images among others of a layout or repository (OCI distribution-spec, "Pulling manifests"). */
final class Tags {
    private static final String DEFAULT = "latest";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    private Tags() {}

    /** @param given null if none was */
    static String orDefault(String given) {
        return given == null ? DEFAULT : given;
    }

    /** @throws IllegalArgumentException with a sentence */
    static void require(String tag) {
        if (!FORM.matcher(tag).matches()) {
            throw new IllegalArgumentException("\"" + tag + "\" can't be a tag");
        }
    }
}
