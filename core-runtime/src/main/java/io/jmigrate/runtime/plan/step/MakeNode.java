package io.jmigrate.runtime.plan.step;

/**
 * Makes a device node or FIFO inside the root filesystem (mknod(2)), with missing parents. Where the kernel forbids device nodes
 * (EPERM, in a user namespace) the host's node of the same path is bound instead. A node that is there already and is the same
 * is kept.
 *
 * @param path inside the container, absolute
 * @param mode permission bits
 * @param uid owner, as seen inside the container
 * @param gid group, likewise
 */
public record MakeNode(String path, NodeType type, int major, int minor, int mode, int uid, int gid) implements Step {
    @Override
    public String describe() {
        return "make the device node " + path;
    }
}
