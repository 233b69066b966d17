package io.jmigrate.archive.image;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an image is, as containers-transports(5) writes it: {@code oci:DIR[:TAG]}.
 *
 * @param layout the directory in OCI layout
 * @param tag of the image in it
 */
public record ImageReference(Path layout, String tag) {
    private static final String DEFAULT_TAG = "latest";
    private static final Pattern FORM = Pattern.compile("oci:([^:]+)(?::(.*))?");

    /** Of a reference's tag, OCI distribution-spec. */
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /** @throws IllegalArgumentException with a sentence */
    public ImageReference {
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException("\"" + tag + "\" can't be a tag");
        }
    }

    /** @throws IllegalArgumentException with a sentence */
    public static ImageReference of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            String registry = text.startsWith("docker:")
                    ? ": for a registry, use a directory and `skopeo copy oci:DIR:TAG " + text + "`"
                    : "";
            throw new IllegalArgumentException("\"" + text + "\" is not oci:DIR or oci:DIR:TAG" + registry);
        }
        return new ImageReference(Path.of(matcher.group(1)), matcher.group(2) == null ? DEFAULT_TAG : matcher.group(2));
    }

    /** The same in another directory. */
    public ImageReference in(Path directory) {
        return new ImageReference(directory, tag);
    }

    @Override
    public String toString() {
        return "oci:" + layout + ":" + tag;
    }
}
