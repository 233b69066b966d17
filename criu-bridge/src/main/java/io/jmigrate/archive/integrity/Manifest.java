package io.jmigrate.archive.integrity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All members of an archive but the manifest itself and its signature, in their order.
 *
 * @param members each name once
 */
public record Manifest(List<Member> members) {
    /** @throws IllegalArgumentException if a name is there twice */
    public Manifest {
        members = List.copyOf(members);
        if (members.stream().map(Member::name).distinct().count() != members.size()) {
            throw new IllegalArgumentException("a manifest lists each member once");
        }
    }

    /**
     * The first thing in which an archive is not as listed, none if it is so in all.
     *
     * @param found the archive's members, each name once
     */
    public Optional<Difference> differenceTo(List<Member> found) {
        Map<String, Member> listed = byName(members);
        Map<String, Member> there = byName(found);
        return found.stream()
                .filter(member -> !listed.containsKey(member.name()))
                .findFirst()
                .map(member -> new Difference(member.name(), "is not in its manifest"))
                .or(() -> members.stream()
                        .filter(member -> !there.containsKey(member.name()))
                        .findFirst()
                        .map(member -> new Difference(member.name(), "is missing, though its manifest lists it")))
                .or(() -> found.stream()
                        .flatMap(member -> change(listed.get(member.name()), member).stream())
                        .findFirst())
                .or(() -> movedMember(found));
    }

    private static Map<String, Member> byName(List<Member> members) {
        return members.stream().collect(Collectors.toMap(Member::name, Function.identity()));
    }

    private static Optional<Difference> change(Member listed, Member found) {
        if (found.kind() != listed.kind()) {
            return different(
                    found,
                    "is a " + found.kind().word() + " and not a "
                            + listed.kind().word());
        }
        if (found.sizeBytes() != listed.sizeBytes()) {
            return different(found, "has " + found.sizeBytes() + " and not " + listed.sizeBytes() + " bytes");
        }
        return found.sha256().equals(listed.sha256())
                ? Optional.empty()
                : different(found, "has other content than its manifest says");
    }

    private static Optional<Difference> different(Member member, String what) {
        return Optional.of(new Difference(member.name(), what));
    }

    private Optional<Difference> movedMember(List<Member> found) {
        return IntStream.range(0, members.size())
                .filter(place ->
                        !found.get(place).name().equals(members.get(place).name()))
                .mapToObj(place -> new Difference(found.get(place).name(), "is not where its manifest has it"))
                .findFirst();
    }
}
