package io.jmigrate.pages.server;

/** Is told how memory is given away, by the thread that waits for its end. */
public interface GivingListener {
    /** Called often. What it throws ends it. @param bytes given so far @param bytesOfAll how many there are */
    void waiting(long bytes, long bytesOfAll);

    /** Somebody was sent away and got nothing. @param why a sentence about who it was */
    void turnedAway(String why);
}
