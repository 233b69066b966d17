package io.jmigrate.migration.wire;

import java.util.Optional;

/** What a frame carries. The numbers are the protocol. */
enum FrameType {
    CONTROL(1),
    PAGES_OPEN(2),
    PAGES(3),
    PAGES_HOLE(4),
    PAGES_END(5),
    IMAGE(6),
    IMAGE_DATA(7),
    ENTRY(8),
    ENTRY_DATA(9),
    ENTRY_REMOVED(10),
    SECTION_END(11),
    PAGES_ROUND(12);

    private static final FrameType[] BY_NUMBER = values();
    private final int number;

    FrameType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Optional<FrameType> of(int number) {
        return number >= 1 && number <= BY_NUMBER.length ? Optional.of(BY_NUMBER[number - 1]) : Optional.empty();
    }
}
