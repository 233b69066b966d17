package io.jmigrate.runtime.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Security modules of the kernel that give processes labels. */
public enum SecurityModule {
    APPARMOR("AppArmor") {
        @Override
        public boolean isEnabled() {
            try {
                return Files.readString(ENABLED).startsWith("Y");
            } catch (IOException _) {
                return false; // the kernel was built without it
            }
        }
    },
    SELINUX("SELinux") {
        @Override
        public boolean isEnabled() {
            return Files.exists(ENFORCE);
        }
    };

    private static final Path ENABLED = Path.of("/sys/module/apparmor/parameters/enabled");
    private static final Path ENFORCE = Path.of("/sys/fs/selinux/enforce");

    private final String title;

    SecurityModule(String title) {
        this.title = title;
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    /** Whether this host's kernel uses it. */
    public abstract boolean isEnabled();
}
