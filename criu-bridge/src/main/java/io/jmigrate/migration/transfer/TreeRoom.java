package io.jmigrate.migration.transfer;

/** Is told of what a peer's files will take, before it is written, and throws if there is no room for it. */
public interface TreeRoom {
    /** There is no bound but the disk. */
    TreeRoom ENDLESS = new TreeRoom() {
        @Override
        public void content(long bytes) {}

        @Override
        public void attributes(long bytes) {}
    };

    /** @param bytes of whole pages that are written to, perhaps again */
    void content(long bytes);

    /** @param bytes of names and values of extended attributes, which no filesystem counts */
    void attributes(long bytes);
}
