package io.jmigrate.runtime.launch;

/** Starts programs. Safe for use by several threads. */
public interface Launcher {
    /**
     * Starts a program and returns when it has been executed.
     *
     * @throws LaunchException if it can't be executed; nothing is left behind then
     */
    Child launch(Launch request);

    /**
     * Names a process that became a child of this launcher's process without being launched, for example a container's first
     * process (CLONE_PARENT) or a tree that CRIU restored as its sibling. Works too if it has ended meanwhile.
     *
     * @param pid in the launcher's pid namespace
     */
    Child adopt(int pid);

    /**
     * From now on nothing is known of the ends of the children that there are: who ends stays a zombie until the launcher's process has ended, and then
     * is the child of somebody who may want to know how it ended, such as a container engine's monitor. What is launched later is waited for as before.
     */
    void leaveChildren();
}
