package io.jmigrate.pages.server;

import io.jmigrate.runtime.failure.Failure;

/** What there is to tell of the clients of a page server. */
sealed interface ClientEvent {
    /** The one that gets the memory has ended. @param done whether it has said so @param why it has, if nobody else has more to say */
    record Ended(boolean done, Failure why) implements ClientEvent {}

    /** Another one was sent away. */
    record TurnedAway(String why) implements ClientEvent {}
}
