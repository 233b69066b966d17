package io.jmigrate.runtime.plan.step;

/**
 * Sets how readily the kernel kills the process when memory runs out ({@code /proc/PID/oom_score_adj}, proc(5)).
 *
 * @param value -1000 to 1000
 */
public record OomScoreAdj(int value) implements Step {
    @Override
    public String describe() {
        return "set oom_score_adj to " + value;
    }
}
