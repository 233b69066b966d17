package io.jmigrate.runtime.container;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.store.MarkFile;
import java.util.Optional;

/**
 * {@code ROOT/ID/departure}: there from when a container stands still so that it can be given to another host until it goes on here. As long as
 * it stands still, whoever wrote this decides whether it goes on; its user may end it. It goes with the container.
 */
public record DepartureMark(MarkFile file) {
    private static final String NAME = "departure";
    private static final String RAN = "ran";

    /**
     * What it says: the two on one line.
     *
     * @param by who decides, a word
     * @param ran whether it was found going on meanwhile, by nobody's decision: what it is now is not what was given away
     */
    public record Content(String by, boolean ran) {
        private String text() {
            return ran ? by + " " + RAN : by;
        }

        private static Content of(String text) {
            String[] words = text.strip().split(" ", 2);
            return new Content(words[0], words.length > 1 && words[1].equals(RAN));
        }
    }

    /** That of a container, whether or not it has one. */
    public static DepartureMark of(ContainerStore store, ContainerId id) {
        return new DepartureMark(new MarkFile(store.directory(id).resolve(NAME)));
    }

    /** A reader sees all of it, or what was there before. @throws Failure IO */
    public void write(Content content) {
        file.write(content.text() + "\n");
    }

    /** Empty if nobody else decides. @throws Failure IO */
    public Optional<Content> read() {
        return file.read().map(Content::of);
    }

    /** It is about to go on. @throws Failure IO */
    public void remove() {
        file.remove();
    }

    /**
     * Refuses what would set it going, or take it for one that is its user's.
     *
     * @param now the container in its true state
     * @param act a verb, for the message
     * @throws Failure GIVEN_AWAY
     */
    public static void refuse(ContainerStore store, ContainerRecord now, String act) {
        of(store, now).ifPresent(content -> {
            throw Failure.of(
                    RuntimeCode.GIVEN_AWAY,
                    "cannot " + act + " " + now.id().inSentence() + ": the migration " + content.by()
                            + " has stopped it, and it may run at the destination");
        });
    }

    /** What is decided by others; one that runs was let go. */
    static Optional<Content> of(ContainerStore store, ContainerRecord now) {
        return now.state() instanceof ContainerState.Paused
                ? of(store, now.id()).read()
                : Optional.empty();
    }
}
