package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.linux.SecurityModule;

/** Gives the program that is executed a label of a security module ({@code /proc/self/attr/exec}). */
public record ExecLabel(SecurityModule module, String label) implements Step {
    @Override
    public String describe() {
        return "set the " + module.title() + " label " + label;
    }
}
