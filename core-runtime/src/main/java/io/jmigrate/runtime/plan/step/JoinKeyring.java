package io.jmigrate.runtime.plan.step;

/**
 * Makes a session keyring of this name, or joins the one that its user has already, and leaves that of the caller, whose keys the
 * process could read and use (keyrings(7), keyctl_join_session_keyring(3)). Nothing on a kernel without keys.
 */
public record JoinKeyring(String name) implements Step {
    @Override
    public String describe() {
        return "join the session keyring " + name;
    }
}
