package io.jmigrate.runtime.cgroup;

/** How the members of a cgroup are stopped and continued. */
sealed interface Freezer {
    /** Asks the kernel to freeze; it may take a while and, in v1, asking again. */
    void requestFreeze();

    /** Whether every member is frozen now. */
    boolean isComplete();

    /** Whether freezing was requested here, as opposed to in a cgroup above. */
    boolean isRequested();

    void thaw();

    /** Thaws also what was frozen below, by whoever is in there. */
    void thawTree();

    /** The v1 controller (kernel documentation, cgroup-v1/freezer-subsystem.rst). */
    record Controller(CgroupDirectory directory) implements Freezer {
        private static final String STATE = "freezer.state";

        @Override
        public void requestFreeze() {
            directory.write(STATE, "FROZEN");
        }

        @Override
        public boolean isComplete() {
            return directory.read(STATE).equals("FROZEN");
        }

        @Override
        public boolean isRequested() {
            return directory
                    .readIfThere("freezer.self_freezing")
                    .filter("1"::equals)
                    .isPresent();
        }

        @Override
        public void thaw() {
            directory.writeIfThere(STATE, "THAWED");
        }

        @Override
        public void thawTree() {
            directory.tree().forEach(each -> new Controller(each).thaw());
        }
    }

    /** The v2 core file (kernel documentation, cgroup-v2.rst, "cgroup.freeze"). */
    record Core(CgroupDirectory directory) implements Freezer {
        private static final String FREEZE = "cgroup.freeze";

        @Override
        public void requestFreeze() {
            directory.write(FREEZE, "1");
        }

        @Override
        public boolean isComplete() {
            return directory.read("cgroup.events").lines().anyMatch("frozen 1"::equals);
        }

        @Override
        public boolean isRequested() {
            return directory.readIfThere(FREEZE).filter("1"::equals).isPresent();
        }

        @Override
        public void thaw() {
            directory.writeIfThere(FREEZE, "0");
        }

        @Override
        public void thawTree() {
            directory.tree().forEach(each -> new Core(each).thaw());
        }
    }
}
