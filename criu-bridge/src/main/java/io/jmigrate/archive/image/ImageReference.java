package io.jmigrate.archive.image;

/** Where an image is, as containers-transports(5) writes it. */
public sealed interface ImageReference permits LayoutReference, RegistryReference {
    /** What one looks like, for help. */
    String FORMS = "oci:DIR[:TAG], or docker://HOST[:PORT]/NAME[:TAG|@DIGEST] in a registry (default: latest)";

    /** Whether a text is meant as one: nothing else begins like that. */
    static boolean isMeant(String text) {
        return text.startsWith(LayoutReference.SCHEME) || text.startsWith(RegistryReference.SCHEME);
    }

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
