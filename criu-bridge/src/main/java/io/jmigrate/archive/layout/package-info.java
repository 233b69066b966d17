/**
 * The layouts of the engines: which members their archives have, and what their documents say. All of it is pure.
 *
 * <p>Sources: podman (libpod/container_internal_common.go, pkg/checkpoint/crutils), CRI-O (internal/lib/checkpoint.go), containerd
 * (internal/cri/server/container_checkpoint_linux.go), checkpointctl (lib/metadata.go).
 */
package io.jmigrate.archive.layout;
