package io.jmigrate.runtime.plan.step;

/** Sets the file mode creation mask (umask(2)); it is 0 before this step. @param mask for example 0022 */
public record Umask(int mask) implements Step {
    @Override
    public String describe() {
        return "set the umask %04o".formatted(mask);
    }
}
