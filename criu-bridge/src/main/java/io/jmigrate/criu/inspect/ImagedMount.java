package io.jmigrate.criu.inspect;

import java.util.Objects;

/**
 * A mount in a checkpoint.
 *
 * @param namespace number of the mount namespace, of CRIU's own
 * @param id of the mount when it was dumped
 * @param parent id of the mount that it lies on
 * @param mountPoint where it is in the container
 * @param type of the file system
 * @param source what is mounted
 * @param root the part of it that is
 * @param external what whoever restores has to provide, by the name that the dump gave it; empty if the images tell all
 */
public record ImagedMount(
        String namespace,
        int id,
        int parent,
        String mountPoint,
        String type,
        String source,
        String root,
        String external) {
    public ImagedMount {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(mountPoint);
        Objects.requireNonNull(type);
        Objects.requireNonNull(source);
        Objects.requireNonNull(root);
        Objects.requireNonNull(external);
    }
}
