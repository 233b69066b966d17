package io.jmigrate.criu;

import io.jmigrate.criu.request.TreeRestoreRequest;
import io.jmigrate.criu.rpc.Calls;
import io.jmigrate.criu.rpc.Swrk;
import io.jmigrate.criu.rpc.SwrkLostException;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Child;
import java.util.Optional;
import java.util.function.Function;

/**
 * One restore of one tree to a place.
 *
 * @param swrk CRIU, in that place
 * @param place where the tree comes to
 * @param child finds the child of the launcher's process that ends as the tree does
 */
record TreeRestore(Swrk swrk, RestorePlace place, Function<HeldTree, Child> child) {
    /**
     * Restores the tree.
     *
     * @return empty if the listener had it killed
     * @throws Failure NO_SPACE, RESTORE_FAILED, or whatever the listener throws
     */
    Optional<Restored> run(TreeRestoreRequest call, ImageDirectory images, RestoreListener listener) {
        try (RestoreSession session = new RestoreSession(listener, place, images.log())) {
            Answer answer = restore(call, session);
            return result(images, session, answer);
        }
    }

    /** CRIU's last word; none if it has ended: whether the tree runs is known by how far it had come then. */
    private enum Answer {
        YES,
        NO,
        NONE
    }

    private Answer restore(TreeRestoreRequest call, RestoreSession session) {
        try {
            return swrk.call(Calls.restore(call), session).getSuccess() ? Answer.YES : Answer.NO;
        } catch (SwrkLostException e) {
            return Answer.NONE;
        }
    }

    private Optional<Restored> result(ImageDirectory images, RestoreSession session, Answer answer) {
        if (session.failure().isPresent()) {
            throw session.failure().get();
        }
        if (session.isLetGo()) {
            if (answer == Answer.NO) {
                throw CriuFailures.letGo(place.inSentence(), images);
            }
            HeldTree tree = session.held().orElseThrow();
            return Optional.of(new Restored(tree.root(), child.apply(tree), images.log()));
        }
        if (answer != Answer.YES && session.verdict().equals(Optional.of(RestoreVerdict.KILL))) {
            return Optional.empty();
        }
        throw CriuFailures.restore(place.inSentence(), images);
    }
}
