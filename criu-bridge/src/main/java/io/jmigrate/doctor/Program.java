package io.jmigrate.doctor;

import java.util.Locale;

/** The programs of a host that a checkpoint or a restore executes, and what is lacking without each. */
public enum Program {
    /** Starts CRIU in the network namespace that the runtime holds for the container. */
    NSENTER(true, "util-linux", "CRIU can't be started in the network of a container"),
    /** CRIU packs what a tmpfs of the container holds. */
    TAR(true, "tar", "CRIU can't dump what is in a container's tmpfs"),
    /** CRIU has tar compress it. */
    GZIP(true, "gzip", "CRIU can't dump what is in a container's tmpfs"),
    /** Makes interfaces and routes, also for a restore. */
    IP(false, "iproute2", "containers can't be given interfaces and routes");

    private final boolean needed;
    private final String debianPackage;
    private final String lack;

    Program(boolean needed, String debianPackage, String lack) {
        this.needed = needed;
        this.debianPackage = debianPackage;
        this.lack = lack;
    }

    /** What it is called. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it means that it is absent. */
    Finding absent() {
        String sentence = "it is not installed: " + lack;
        String remedy = "install the package " + debianPackage;
        return needed ? Finding.problem(word(), sentence, remedy) : Finding.note(word(), sentence, remedy);
    }
}
