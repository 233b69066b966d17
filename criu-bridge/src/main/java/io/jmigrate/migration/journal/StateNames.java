package io.jmigrate.migration.journal;

import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.state.SourceState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names of states in files. They outlive a version of the program: never change one. */
final class StateNames {
    private static final String PRE_COPY = "pre-copy ";
    private static final int ROUND_DIGITS_MAX = 6;

    private static final Map<String, SourceState> SOURCE = byName(
            StateNames::of,
            List.of(
                    new SourceState.Preflight(),
                    new SourceState.Frozen(),
                    new SourceState.Restoring(),
                    new SourceState.Held(),
                    new SourceState.Committed(),
                    new SourceState.Divided(),
                    new SourceState.Completed(),
                    new SourceState.Aborted()));

    private static final Map<String, DestinationState> DESTINATION = byName(
            StateNames::of,
            List.of(
                    new DestinationState.Accepted(),
                    new DestinationState.Receiving(),
                    new DestinationState.Restoring(),
                    new DestinationState.Held(),
                    new DestinationState.Going(),
                    new DestinationState.Starting(),
                    new DestinationState.Lacking(),
                    new DestinationState.Running(),
                    new DestinationState.Completed(),
                    new DestinationState.Lost(),
                    new DestinationState.MayHaveRun(),
                    new DestinationState.NeverRan()));

    private StateNames() {}

    private static <S> Map<String, S> byName(Function<S, String> name, List<S> states) {
        return states.stream().collect(Collectors.toUnmodifiableMap(name, state -> state));
    }

    static String of(SourceState state) {
        return state instanceof SourceState.PreCopy preCopy ? PRE_COPY + preCopy.round() : simpleName(state);
    }

    static String of(DestinationState state) {
        return switch (state) {
            case DestinationState.NeverRan _ -> "never-ran";
            case DestinationState.MayHaveRun _ -> "may-have-run";
            default -> simpleName(state);
        };
    }

    private static String simpleName(Object state) {
        return state.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    static Optional<SourceState> source(String name) {
        if (name.startsWith(PRE_COPY)) {
            String round = name.substring(PRE_COPY.length());
            return round.length() <= ROUND_DIGITS_MAX && round.matches("[1-9][0-9]*")
                    ? Optional.of(new SourceState.PreCopy(Integer.parseInt(round)))
                    : Optional.empty();
        }
        return Optional.ofNullable(SOURCE.get(name));
    }

    static Optional<DestinationState> destination(String name) {
        return Optional.ofNullable(DESTINATION.get(name));
    }
}
