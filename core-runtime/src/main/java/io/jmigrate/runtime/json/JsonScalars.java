package io.jmigrate.runtime.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Reads JSON values that are neither objects nor arrays. One of another type, or out of its range, is noted as a problem and reads as
 * absent.
 *
 * @param problems where they are noted, each with the path of its value
 */
record JsonScalars(Problems problems) {
    private static final BigInteger UNSIGNED_64_MAX =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    Optional<Boolean> flag(JsonNode value, String where) {
        if (!value.isBoolean()) {
            problems.invalid(where, "must be true or false, is " + JsonWords.describe(value));
            return Optional.empty();
        }
        return Optional.of(value.booleanValue());
    }

    /** An unsigned 64-bit integer, to be printed and compared as unsigned. */
    Optional<Long> unsigned64(JsonNode value, String where) {
        if (!value.isIntegralNumber()) {
            problems.invalid(where, "must be an integer, is " + JsonWords.describe(value));
            return Optional.empty();
        }
        BigInteger number = value.bigIntegerValue();
        if (number.signum() < 0 || number.compareTo(UNSIGNED_64_MAX) > 0) {
            problems.invalid(where, "must be from 0 to 2^64-1, is " + JsonWords.describe(value));
            return Optional.empty();
        }
        return Optional.of(number.longValue());
    }

    /** An integer from min to max, both included. */
    Optional<Long> integer(JsonNode value, String where, long min, long max) {
        if (!value.isIntegralNumber()) {
            problems.invalid(where, "must be an integer, is " + JsonWords.describe(value));
            return Optional.empty();
        }
        if (!value.canConvertToLong() || value.longValue() < min || value.longValue() > max) {
            problems.invalid(where, "must be from " + min + " to " + max + ", is " + JsonWords.describe(value));
            return Optional.empty();
        }
        return Optional.of(value.longValue());
    }

    /** Text that can be handed to the kernel. */
    Optional<String> text(JsonNode value, String where) {
        if (!value.isTextual()) {
            problems.invalid(where, "must be a string, is " + JsonWords.describe(value));
            return Optional.empty();
        }
        if (!isPassable(value.textValue())) {
            problems.invalid(where, "holds a character that no system call can take");
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    /** NUL would end the text early in C, half a surrogate pair has no UTF-8 form. */
    private static boolean isPassable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
