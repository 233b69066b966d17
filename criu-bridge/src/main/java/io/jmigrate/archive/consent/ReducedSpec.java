package io.jmigrate.archive.consent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A spec that was reduced to what was consented to.
 *
 * @param document a config.json
 * @param refused what the container can't be without, and was not consented to: with any of it nothing may be restored
 * @param leftOut what it can be without
 */
public record ReducedSpec(ObjectNode document, List<SpecItem> refused, List<SpecItem> leftOut) {}
