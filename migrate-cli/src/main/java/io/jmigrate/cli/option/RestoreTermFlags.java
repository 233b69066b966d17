package io.jmigrate.cli.option;

import io.jmigrate.criu.request.LsmProfile;
import io.jmigrate.criu.request.RestoreTerms;

/** What is to be other in a restored container than it was at the checkpoint. */
public final class RestoreTermFlags {
    private RestoreTerms terms = RestoreTerms.NONE;

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.option(
                        "--lsm-profile",
                        "TYPE:NAME",
                        "The profile of AppArmor or context of SELinux that the processes get: apparmor:NAME, selinux:CONTEXT.",
                        LsmProfile::parse,
                        value -> terms = terms.withLsmProfile(value))
                .option(
                        "--lsm-mount-context",
                        "CONTEXT",
                        "The context of SELinux that mounts get which had one.",
                        text -> text,
                        value -> terms = terms.withLsmMountContext(value))
                .flag(
                        "--auto-dedup",
                        "Take memory out of the images as soon as it is restored: they are good for one restore.",
                        value -> terms = terms.withAutoDedup(value));
    }

    public RestoreTerms terms() {
        return terms;
    }
}
