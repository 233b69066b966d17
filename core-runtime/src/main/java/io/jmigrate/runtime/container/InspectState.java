package io.jmigrate.runtime.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.runtime.json.JsonText;
import java.nio.charset.StandardCharsets;

/** Tells a container's state. */
public final class InspectState {
    private final LifecycleHost host;

    InspectState(LifecycleHost host) {
        this.host = host;
    }

    /**
     * Takes no lock.
     *
     * @throws io.jmigrate.runtime.failure.Failure NOT_FOUND
     */
    public OciState state(ContainerId id) {
        return OciState.of(host.status().refresh(host.store().load(id)));
    }

    /** The state as indented JSON with a line end. */
    public String json(ContainerId id) {
        JsonNode tree = state(id).tree();
        return new String(JsonText.pretty(tree), StandardCharsets.UTF_8);
    }
}
