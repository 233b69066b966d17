/**
 * What OCI images consist of (image-spec v1): documents, and blobs that are named by their digests. All of it may come from anybody.
 *
 * <p>containerd keeps a checkpoint of its own as such an image: an index of blobs, one of which is a tar of CRIU's images. Sources:
 * containerd (container.go, container_checkpoint_opts.go, services/tasks/local.go, images/mediatypes.go).
 */
package io.jmigrate.archive.oci;
