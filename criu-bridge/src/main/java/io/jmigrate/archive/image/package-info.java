/**
 * A checkpoint archive as an OCI image (image-spec v1): one layer, which is the archive byte by byte, and annotations that tell
 * podman, CRI-O and containerd that it is a checkpoint.
 *
 * <p>Images lie in a directory in OCI layout, which skopeo, podman and others read and carry to and from registries. What is read
 * may come from anybody: every blob is compared with its digest before anything is believed of it.
 */
package io.jmigrate.archive.image;
