package io.jmigrate.runtime.config;

import java.util.Optional;

/**
 * What the host's security modules go by.
 *
 * @param appArmor the name of a profile
 * @param seLinux a context such as {@code system_u:system_r:container_t:s0}
 */
public record SecurityLabels(Optional<String> appArmor, Optional<String> seLinux) {
    /** None. */
    public static final SecurityLabels NONE = new SecurityLabels(Optional.empty(), Optional.empty());

    /** The same, with those in the place of these that are there. */
    public SecurityLabels overriddenBy(SecurityLabels others) {
        return new SecurityLabels(others.appArmor.or(() -> appArmor), others.seLinux.or(() -> seLinux));
    }
}
