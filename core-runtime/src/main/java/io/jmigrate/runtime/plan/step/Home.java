package io.jmigrate.runtime.plan.step;

/**
 * Looks up the user's home directory in the container's own {@code /etc/passwd}, for the HOME that {@link Execute} adds to the
 * environment; {@code /} if it has none there. runC does the same where the config gives no HOME.
 *
 * @param uid inside the container, as an unsigned number
 */
public record Home(int uid) implements Step {
    @Override
    public String describe() {
        return "look up the home directory of user " + Integer.toUnsignedString(uid);
    }
}
