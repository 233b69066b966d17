package io.jmigrate.criu.request;

import io.jmigrate.runtime.linux.SecurityModule;
import java.util.Locale;
import java.util.Objects;

/**
 * What a security module is to go by in a restored tree, in place of what it went by at the dump.
 *
 * @param module the one that it is for
 * @param name a profile of AppArmor's, or a context of SELinux's
 */
public record LsmProfile(SecurityModule module, String name) {
    public LsmProfile {
        Objects.requireNonNull(module);
        Objects.requireNonNull(name);
    }

    /**
     * Reads {@code apparmor:NAME} or {@code selinux:CONTEXT} (criu/lsm.c, lsm_check_opts).
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static LsmProfile parse(String text) {
        for (SecurityModule module : SecurityModule.values()) {
            String prefix = word(module) + ":";
            if (text.startsWith(prefix) && text.length() > prefix.length()) {
                return new LsmProfile(module, text.substring(prefix.length()));
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is neither apparmor:NAME nor selinux:CONTEXT");
    }

    private static String word(SecurityModule module) {
        return module.name().toLowerCase(Locale.ROOT);
    }

    /** As CRIU reads it. */
    @Override
    public String toString() {
        return word(module) + ":" + name;
    }
}
