package io.jmigrate.runtime.config;

/** When a hook runs, and where (runtime.md, "Lifecycle"). In the order of a container's life. */
public enum HookKind {
    /** In the runtime's namespaces when those of the container exist, before its root changes. Deprecated, but in use. */
    PRESTART("prestart"),
    /** Right after them, in the same way. */
    CREATE_RUNTIME("createRuntime"),
    /** In the container's namespaces, before its root changes. */
    CREATE_CONTAINER("createContainer"),
    /** In the container, as its user, after the start and before the program. */
    START_CONTAINER("startContainer"),
    /** In the runtime's namespaces when the program runs. */
    POSTSTART("poststart"),
    /** In the runtime's namespaces when the container is deleted. */
    POSTSTOP("poststop");

    private final String specName;

    HookKind(String specName) {
        this.specName = specName;
    }

    /** The name in config.json. */
    public String specName() {
        return specName;
    }
}
