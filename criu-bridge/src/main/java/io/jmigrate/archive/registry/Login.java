package io.jmigrate.archive.registry;

/** Who asks. Its words never show the password. */
public record Login(String user, String password) {
    @Override
    public String toString() {
        return "user \"" + user + "\"";
    }
}
