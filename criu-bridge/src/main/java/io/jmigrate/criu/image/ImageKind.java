package io.jmigrate.criu.image;

/** The kinds of image files with entries that are read or written here, by their magic numbers (criu/include/magic.h). */
public enum ImageKind {
    INVENTORY(0x58313116),
    FILES(0x56303138),
    FDINFO(0x56213732),
    TERMINAL_INFO(0x59453036),
    PSTREE(0x50273030),
    CGROUP(0x59383330),
    PAGEMAP(0x56084025),
    CORE(0x55053847),
    IDS(0x54432030),
    ADDRESS_SPACE(0x57492820),
    MOUNTS(0x55563928),
    UTS_NAMESPACE(0x54473203),
    USER_NAMESPACE(0x55474906),
    FILE_REMAPS(0x59133954),
    STATISTICS(0x57093306);

    /** The family that all images of a dump belong to. */
    private static final int DUMP_FAMILY = 0x54564319;

    /** That of files about a dump. */
    private static final int SERVICE_FAMILY = 0x55105940;

    private final int magic;

    ImageKind(int magic) {
        this.magic = magic;
    }

    /** Whether files of this kind begin with the family's number: all but the inventory, which tells how to read the others. */
    boolean namesFamily() {
        return this != INVENTORY;
    }

    int family() {
        return this == STATISTICS ? SERVICE_FAMILY : DUMP_FAMILY;
    }

    int magic() {
        return magic;
    }
}
