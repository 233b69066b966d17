package io.jmigrate.cli.verb;

import io.jmigrate.archive.Progress;
import io.jmigrate.archive.image.ArchiveImage;
import io.jmigrate.archive.image.ImageReference;
import io.jmigrate.archive.image.LayoutReference;
import io.jmigrate.archive.image.OciLayout;
import io.jmigrate.archive.image.RegistryReference;
import io.jmigrate.archive.registry.RegistryStore;
import io.jmigrate.cli.option.RegistryFlags;
import io.jmigrate.cli.progress.Bar;

/**
 * An image where its reference says, for as long as a command works on it.
 *
 * @param image in its store
 * @param end of the connection that there may be
 */
record OpenedImage(ArchiveImage image, Runnable end) implements AutoCloseable {
    /** @param expectedBytes of the archive, 0 if that is not known */
    static OpenedImage of(Session session, RegistryFlags flags, ImageReference named, Bar bar, long expectedBytes) {
        Cancellation cancellation = Cancellation.of(session.invocation().signals(), "copying of image " + named);
        Progress copied = bytes -> {
            cancellation.check();
            bar.show("image", bytes, expectedBytes);
        };
        return switch (named) {
            case LayoutReference layout -> {
                LayoutReference resolved = layout.in(session.resolve(layout.layout()));
                yield new OpenedImage(new ArchiveImage(resolved, new OciLayout(resolved), copied), () -> {});
            }
            case RegistryReference remote -> {
                RegistryStore store = new RegistryStore(
                        remote,
                        flags.access(session.invocation(), remote, cancellation::check),
                        bytes -> bar.show("send", bytes, expectedBytes));
                yield new OpenedImage(new ArchiveImage(remote, store, copied), store::close);
            }
        };
    }

    @Override
    public void close() {
        end.run();
    }
}
