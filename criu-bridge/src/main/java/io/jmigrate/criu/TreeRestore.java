package io.jmigrate.criu;

import io.jmigrate.criu.directory.ImageDirectory;
import io.jmigrate.criu.request.TreeRestoreRequest;
import io.jmigrate.criu.rpc.Calls;
import io.jmigrate.criu.rpc.Swrk;
import io.jmigrate.criu.rpc.SwrkLostException;
import io.jmigrate.criu.rpc.Vigil;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Child;
import java.nio.file.Path;
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
            Answer answer = restore(call, session, images.log());
            return result(images, session, answer);
        }
    }

    /** CRIU's last word. */
    private sealed interface Answer {
        /** It has answered. */
        record Given(boolean success) implements Answer {}

        /** It has ended without: whether the tree runs is known by how far it had come then. */
        record Missing(SwrkLostException lost) implements Answer {}

        default boolean is(boolean success) {
            return equals(new Given(success));
        }
    }

    private Answer restore(TreeRestoreRequest call, RestoreSession session, Path log) {
        try {
            Vigil vigil = new Vigil(call.terms().timeout().orElse(Vigil.SILENCE_OF_RESTORE), log);
            return new Answer.Given(
                    swrk.call(Calls.restore(call), session, vigil).getSuccess());
        } catch (SwrkLostException e) {
            removeRemains(log, e);
            return new Answer.Missing(e);
        }
    }

    private void removeRemains(Path log, SwrkLostException lost) {
        try {
            swrk.close();
            RestoreRemains.removeNamed(log);
        } catch (RuntimeException e) {
            lost.addSuppressed(e);
        }
    }

    private Optional<Restored> result(ImageDirectory images, RestoreSession session, Answer answer) {
        if (session.failure().isPresent()) {
            throw session.failure().get();
        }
        if (session.isLetGo()) {
            if (answer.is(false)) {
                throw CriuFailures.letGo(place.inSentence(), images);
            }
            HeldTree tree = session.held().orElseThrow();
            return Optional.of(new Restored(tree.root(), child.apply(tree), images.log()));
        }
        if (!answer.is(true) && session.verdict().equals(Optional.of(RestoreVerdict.KILL))) {
            return Optional.empty();
        }
        throw failure(images, answer);
    }

    private Failure failure(ImageDirectory images, Answer answer) {
        Optional<SwrkLostException> lost =
                switch (answer) {
                    case Answer.Missing(SwrkLostException e) -> Optional.of(e);
                    case Answer.Given _ -> Optional.empty();
                };
        return CriuFailures.restore(place.inSentence(), lost, images);
    }
}
