package io.jmigrate.runtime.plan.step;

/** Sets the NIS domain name of the UTS namespace (setdomainname(2)), at most 64 bytes. */
public record Domainname(String name) implements Step {
    @Override
    public String describe() {
        return "set the domain name " + name;
    }
}
