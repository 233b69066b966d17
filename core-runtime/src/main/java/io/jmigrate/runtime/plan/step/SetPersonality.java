package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.config.Personality;

/** Sets what programs take the machine for (personality(2)). */
public record SetPersonality(Personality personality) implements Step {
    @Override
    public String describe() {
        return "set the personality " + personality;
    }
}
