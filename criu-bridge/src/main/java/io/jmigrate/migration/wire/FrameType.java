package io.jmigrate.migration.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a frame carries. The numbers are the protocol. */
enum FrameType {
    CONTROL(1),
    PAGES(2),
    ZERO_PAGES(3),
    PAGES_END(4),
    IMAGE(5),
    IMAGE_DATA(6),
    ENTRY(7),
    ENTRY_DATA(8),
    ENTRY_REMOVED(9),
    SECTION_END(10),
    PROCESS_ENDED(11),
    PAGE_WORDS(12),
    FILLER(13),
    ENTRY_UPDATE(14),
    ENTRY_ZEROS(15),
    COMPRESSED_PAGES(16),
    KNOWN_PAGES(17),
    OUTDATED(18),
    PAGES_LATER(19),
    LACKING(20),
    LACKING_END(21),
    WANTED(22),
    KEPT(23),
    ALL_KEPT(24),
    TREE(25),
    KEPT_NAMES(26),
    KEPT_PAGES(27),
    KEPT_WANTED(28),
    TURN(29),
    COMPRESSED_IMAGE_DATA(30);

    private static final Map<Integer, FrameType> BY_NUMBER =
            Arrays.stream(values()).collect(Collectors.toMap(FrameType::number, type -> type));
    private final int number;

    FrameType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Optional<FrameType> of(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }
}
