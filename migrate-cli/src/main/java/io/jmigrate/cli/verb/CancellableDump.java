package io.jmigrate.cli.verb;

import io.jmigrate.criu.DumpListener;
import io.jmigrate.criu.DumpVerdict;
import io.jmigrate.criu.FrozenTree;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A dump into a directory, which a signal gives up for as long as memory is on its way.
 *
 * @param leaveRunning whether the tree goes on
 * @param finish puts beside the images what else is to be known
 */
record CancellableDump(Cancellation cancellation, boolean leaveRunning, Consumer<Path> finish) implements DumpListener {
    @Override
    public DumpVerdict frozen(FrozenTree tree) {
        cancellation.check();
        finish.accept(tree.imageDirectory());
        return leaveRunning ? DumpVerdict.THAW : DumpVerdict.KILL;
    }

    @Override
    public void working() {
        cancellation.check();
    }
}
