package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.config.MemoryPolicy;
import java.util.List;
import java.util.Set;

/** Sets on which nodes memory is allocated (set_mempolicy(2)). */
public record SetMemoryPolicy(MemoryPolicy.Mode mode, Set<MemoryPolicy.Flag> flags, List<Integer> nodes)
        implements Step {
    public static SetMemoryPolicy of(MemoryPolicy policy) {
        return new SetMemoryPolicy(policy.mode(), policy.flags(), policy.nodes());
    }

    @Override
    public String describe() {
        return "set the memory policy " + mode.ociName() + (nodes.isEmpty() ? "" : " of the nodes " + nodes);
    }
}
