package io.jmigrate.migration.engine;

import io.jmigrate.criu.PreparedRestore;
import io.jmigrate.criu.RestoreListener;
import io.jmigrate.criu.confine.StrangersImages;
import io.jmigrate.criu.inspect.ImageDirectory;
import io.jmigrate.migration.transfer.TreeReceiver;
import io.jmigrate.pages.PageStore;
import java.nio.file.Path;

/**
 * The place for an arriving container on this host.
 *
 * @param mounts makes its filesystems in memory
 */
record LandedRestore(
        Path images,
        PreparedRestore prepared,
        PageStore pages,
        LandedStreams streams,
        NetworkMove network,
        LandedMounts mounts)
        implements ReadyRestore {
    /** The same, when whoever has to has been told of its network. */
    LandedRestore withNetwork() {
        try {
            network.begin(prepared.slot().record());
            network.require(NetworkEvent.PREPARE);
            return this;
        } catch (RuntimeException e) {
            try (prepared) {
                throw e;
            }
        }
    }

    @Override
    public TreeReceiver mount(String mountPoint) {
        return mounts.make(mountPoint);
    }

    /** What a peer sent is judged as an archive is that nobody vouches for. */
    @Override
    public void run(RestoreListener listener) {
        StrangersImages.check(ImageDirectory.at(images));
        prepared.run(new AttachedArrival(listener, network)).orElseThrow();
    }

    @Override
    public void close() {
        try (streams;
                pages) {
            prepared.close();
        }
    }
}
