package io.jmigrate.migration.engine;

import io.jmigrate.criu.HeldTree;
import io.jmigrate.criu.RestoreListener;
import io.jmigrate.criu.RestoreVerdict;

/** Has a held tree's addresses brought here before anybody is told that it is held: without them it does not run here. */
record AttachedArrival(RestoreListener listener, NetworkMove network) implements RestoreListener {
    @Override
    public RestoreVerdict held(HeldTree tree) {
        network.require(NetworkEvent.ATTACH);
        return listener.held(tree);
    }

    @Override
    public void resumed(HeldTree tree) {
        listener.resumed(tree);
    }

    @Override
    public void arrived(long bytes, long total) {
        listener.arrived(bytes, total);
    }

    @Override
    public void eager(String why) {
        listener.eager(why);
    }
}
