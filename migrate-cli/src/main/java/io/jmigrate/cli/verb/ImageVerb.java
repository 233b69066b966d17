package io.jmigrate.cli.verb;

/** The commands about checkpoints as images. */
public final class ImageVerb {
    private ImageVerb() {}

    public static Verb group() {
        return new VerbGroup("image", "Carry checkpoint archives as OCI images.")
                .with("push", ImageCopyVerb.push())
                .with("pull", ImageCopyVerb.pull());
    }
}
