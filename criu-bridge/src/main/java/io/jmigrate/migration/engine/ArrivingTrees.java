package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.migration.transfer.TreeReceiver;
import io.jmigrate.runtime.failure.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The trees of files that arrive, by where the container has them: its root filesystem at {@code ""}, and filesystems in memory. */
final class ArrivingTrees implements AutoCloseable {
    private static final String ROOT = "";

    private final Map<String, TreeReceiver> all = new LinkedHashMap<>();
    private final Supplier<Optional<ReadyRestore>> place;
    private TreeReceiver current;

    /** @param place for which filesystems in memory are made, as soon as there is one */
    ArrivingTrees(TreeReceiver root, Supplier<Optional<ReadyRestore>> place) {
        this.place = place;
        this.current = root;
        all.put(ROOT, root);
    }

    /** What follows is of that tree. @throws Failure PEER_PROTOCOL, PEER_REFUSED, TRANSFER */
    void choose(String mountPoint) {
        current.finish();
        TreeReceiver known = all.get(mountPoint);
        current = known == null ? mount(mountPoint) : known;
        all.put(mountPoint, current);
    }

    /** Its place in the container is known when the root filesystem is there. */
    private TreeReceiver mount(String mountPoint) {
        return place.get()
                .orElseThrow(() -> Failure.of(
                        MigrationCode.PEER_PROTOCOL,
                        "the peer broke the protocol: files in memory before the root filesystem was sent"))
                .mount(mountPoint);
    }

    TreeReceiver current() {
        return current;
    }

    /** Everything of all trees has come. */
    void finish() {
        all.values().forEach(TreeReceiver::finish);
    }

    /** What has come so far, of all trees. */
    FilesMoved moved() {
        return all.values().stream().map(TreeReceiver::moved).reduce(FilesMoved.NONE, FilesMoved::plus);
    }

    @Override
    public void close() {
        all.values().forEach(TreeReceiver::close);
    }
}
