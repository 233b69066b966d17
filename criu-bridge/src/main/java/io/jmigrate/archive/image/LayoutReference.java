package io.jmigrate.archive.image;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image in a directory: {@code oci:DIR[:TAG]}.
 *
 * @param layout the directory in OCI layout
 * @param tag of the image in it
 */
public record LayoutReference(Path layout, String tag) implements ImageReference {
    static final String SCHEME = "oci:";
    private static final Pattern FORM = Pattern.compile(SCHEME + "([^:]+)(?::(.*))?");

    /** @throws IllegalArgumentException with a sentence */
    public LayoutReference {
        Tags.require(tag);
    }

    static LayoutReference of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not oci:DIR or oci:DIR:TAG");
        }
        return new LayoutReference(Path.of(matcher.group(1)), Tags.orDefault(matcher.group(2)));
    }

    /** The same in another directory. */
    public LayoutReference in(Path directory) {
        return new LayoutReference(directory, tag);
    }

    @Override
    public String toString() {
        return SCHEME + layout + ":" + tag;
    }
}
