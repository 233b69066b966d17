package io.jmigrate.doctor;

import java.util.Objects;

/**
 * One thing that was looked at.
 *
 * @param name what it was, a word or two
 * @param rank what it means for checkpoints
 * @param sentence what was found, without a full stop
 * @param remedy what to do about it; empty if there is nothing to do, never for a problem
 */
public record Finding(String name, Rank rank, String sentence, String remedy) {
    /** What a finding means. */
    public enum Rank {
        /** As it should be. */
        OK,
        /** Checkpoints work, with a limit or a peculiarity. */
        NOTE,
        /** Checkpoints can't work. */
        PROBLEM
    }

    public Finding {
        Objects.requireNonNull(name);
        Objects.requireNonNull(sentence);
        if (rank == Rank.PROBLEM && remedy.isEmpty()) {
            throw new IllegalArgumentException("a problem without a remedy: " + sentence);
        }
    }

    static Finding ok(String name, String sentence) {
        return new Finding(name, Rank.OK, sentence, "");
    }

    static Finding note(String name, String sentence) {
        return note(name, sentence, "");
    }

    static Finding note(String name, String sentence, String remedy) {
        return new Finding(name, Rank.NOTE, sentence, remedy);
    }

    static Finding problem(String name, String sentence, String remedy) {
        return new Finding(name, Rank.PROBLEM, sentence, remedy);
    }

    public boolean isProblem() {
        return rank == Rank.PROBLEM;
    }
}
