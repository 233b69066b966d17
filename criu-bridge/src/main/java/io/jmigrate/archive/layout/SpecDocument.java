package io.jmigrate.archive.layout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What engines want to find in {@code spec.dump}: annotations by which they know their own. */
final class SpecDocument {
    private static final String MANAGER = "io.container.manager";
    private static final String CONTAINERD_TYPE = "io.kubernetes.cri.container-type";
    private static final String CRIO = "io.kubernetes.cri-o.";

    private SpecDocument() {}

    /** Rewrites the document in place. The annotations of another engine stay: they are what the container was given. */
    static void rewrite(ObjectNode spec, Layout to, String name) {
        ObjectNode annotations = spec.withObject("annotations");
        annotations.remove(List.of(MANAGER, CONTAINERD_TYPE));
        switch (to) {
            case PODMAN -> annotations.put(MANAGER, "libpod");
            case CRI_O -> ofCrio(annotations, name);
            case CONTAINERD -> annotations.put(CONTAINERD_TYPE, "container");
            case JMIGRATE -> {}
        }
        if (annotations.isEmpty()) {
            spec.remove("annotations");
        }
    }

    /** CRI-O reads JSON out of these when it makes a container of an archive. */
    private static void ofCrio(ObjectNode annotations, String name) {
        annotations.put(MANAGER, "cri-o");
        putIfAbsent(annotations, "ContainerType", "container");
        putIfAbsent(annotations, "ContainerName", name);
        putIfAbsent(annotations, "Name", name);
        putIfAbsent(annotations, "Annotations", "{}");
        putIfAbsent(annotations, "Labels", "{}");
        putIfAbsent(
                annotations, "Metadata", Documents.compact(Documents.object().put("name", name)));
    }

    private static void putIfAbsent(ObjectNode annotations, String key, String value) {
        if (!annotations.has(CRIO + key)) {
            annotations.put(CRIO + key, value);
        }
    }
}
