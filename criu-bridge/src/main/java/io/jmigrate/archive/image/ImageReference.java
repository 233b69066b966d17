package io.jmigrate.archive.image;

/** Where an image is, as containers-transports(5) writes it. */
public sealed interface ImageReference permits LayoutReference, RegistryReference {
    /** What one looks like, for help. */
    String FORMS = "oci:DIR[:TAG], or docker://HOST[:PORT]/NAME[:TAG|@DIGEST] in a registry (default: latest)";

    /** @throws IllegalArgumentException with a sentence */
    static ImageReference of(String text) {
        if (text.startsWith(LayoutReference.SCHEME)) {
            return LayoutReference.of(text);
        }
        if (text.startsWith(RegistryReference.SCHEME)) {
            return RegistryReference.of(text);
        }
        throw new IllegalArgumentException("\"" + text + "\" is neither oci:DIR nor docker://HOST/NAME");
    }
}
