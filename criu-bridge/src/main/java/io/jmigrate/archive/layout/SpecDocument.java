package io.jmigrate.archive.layout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What engines want to find in {@code spec.dump}: annotations by which they know their own. */
final class SpecDocument {
    private static final String MANAGER = "io.container.manager";
    private static final String CONTAINERD_TYPE = "io.kubernetes.cri.container-type";
    private static final String CRIO = "io.kubernetes.cri-o.";
    private static final String CONTAINERD = "io.kubernetes.cri.";

    private SpecDocument() {}

    /**
     * Rewrites the document in place. The annotations of another engine stay: they are what the container was given.
     *
     * @param config {@code config.dump} of the new archive
     */
    static void rewrite(ObjectNode spec, Layout to, ObjectNode config) {
        ObjectNode annotations = spec.withObject("annotations");
        annotations.remove(List.of(MANAGER, CONTAINERD_TYPE));
        switch (to) {
            case PODMAN -> annotations.put(MANAGER, "libpod");
            case CRI_O -> ofCrio(annotations, config);
            case CONTAINERD -> ofContainerd(annotations, config);
            case JMIGRATE -> {}
        }
        if (annotations.isEmpty()) {
            spec.remove("annotations");
        }
    }

    /** CRI-O reads JSON out of these when it makes a container of an archive. */
    private static void ofCrio(ObjectNode annotations, ObjectNode config) {
        String name = config.path("name").asText();
        annotations.put(MANAGER, "cri-o");
        putIfAbsent(annotations, CRIO + "ContainerType", "container");
        putIfAbsent(annotations, CRIO + "ContainerName", name);
        putIfAbsent(annotations, CRIO + "Name", name);
        putIfAbsent(annotations, CRIO + "Created", config.path("createdTime").asText());
        putIfAbsent(annotations, CRIO + "Annotations", "{}");
        putIfAbsent(annotations, CRIO + "Labels", "{}");
        putIfAbsent(
                annotations,
                CRIO + "Metadata",
                Documents.compact(Documents.object().put("name", name)));
    }

    private static void ofContainerd(ObjectNode annotations, ObjectNode config) {
        annotations.put(CONTAINERD_TYPE, "container");
        putIfAbsent(
                annotations, CONTAINERD + "container-name", config.path("name").asText());
        putIfAbsent(
                annotations,
                CONTAINERD + "image-name",
                config.path("rootfsImageName").asText());
    }

    private static void putIfAbsent(ObjectNode annotations, String key, String value) {
        if (!annotations.has(key)) {
            annotations.put(key, value);
        }
    }
}
