package io.jmigrate.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.option.Choice;
import io.jmigrate.doctor.CriuFacts;
import io.jmigrate.doctor.Finding;
import io.jmigrate.doctor.HostFacts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was found on a host, in a container and in a job, to be shown.
 *
 * @param host the host, if it was asked for
 * @param container the container, if it was asked for
 * @param job the job, if it was asked for
 */
public record Diagnosis(Optional<OfHost> host, Optional<OfContainer> container, Optional<OfJob> job) {
    private static final String THIS_HOST = "this host"; // no container's id has a blank

    /** A host with what its facts mean. */
    public record OfHost(HostFacts facts, List<Finding> findings) {
        public OfHost {
            findings = List.copyOf(findings);
        }
    }

    /** A container with what was found in it. */
    public record OfContainer(String id, List<Finding> findings) {
        public OfContainer {
            findings = List.copyOf(findings);
        }
    }

    /** A job with what was found in it. @param name of its first process's program */
    public record OfJob(int pid, String name, List<Finding> findings) {
        public OfJob {
            findings = List.copyOf(findings);
        }
    }

    /** Whether nothing stands against a checkpoint. */
    public boolean isClean() {
        return Stream.of(host.map(OfHost::findings), container.map(OfContainer::findings), job.map(OfJob::findings))
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .noneMatch(Finding::isProblem);
    }

    /** A table with remedies in parentheses. */
    public List<String> lines() {
        Table table = new Table("ABOUT", "CHECK", "RESULT", "FINDING");
        host.ifPresent(of -> rows(table, THIS_HOST, of.findings()));
        container.ifPresent(of -> rows(table, of.id(), of.findings()));
        job.ifPresent(of -> rows(table, "job " + of.pid(), of.findings()));
        return table.lines();
    }

    private static void rows(Table table, String about, List<Finding> findings) {
        for (Finding finding : findings) {
            String remedy = finding.remedy().isEmpty() ? "" : " (" + finding.remedy() + ")";
            table.row(about, finding.name(), Choice.word(finding.rank()), finding.sentence() + remedy);
        }
    }

    /** Everything, and of the host the facts by which programs may choose. */
    public ObjectNode tree() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode().put("clean", isClean());
        host.ifPresent(of -> {
            ObjectNode node = tree.putObject("host");
            facts(node, of.facts());
            findings(node.putArray("findings"), of.findings());
        });
        container.ifPresent(of -> {
            ObjectNode node = tree.putObject("container").put("id", of.id());
            findings(node.putArray("findings"), of.findings());
        });
        job.ifPresent(of -> {
            ObjectNode node = tree.putObject("job").put("pid", of.pid()).put("name", of.name());
            findings(node.putArray("findings"), of.findings());
        });
        return tree;
    }

    private static void facts(ObjectNode node, HostFacts facts) {
        switch (facts.criu()) {
            case CriuFacts.Usable usable ->
                node.putObject("criu")
                        .put("program", usable.program().toString())
                        .put("version", usable.version());
            case CriuFacts.Unusable _ -> node.putNull("criu");
        }
        node.put("architecture", facts.machine())
                .put("kernel", facts.kernel().release())
                .put("cgroups", facts.cgroups().word());
    }

    private static void findings(ArrayNode array, List<Finding> findings) {
        for (Finding finding : findings) {
            array.addObject()
                    .put("check", finding.name())
                    .put("result", Choice.word(finding.rank()))
                    .put("finding", finding.sentence())
                    .put("remedy", finding.remedy());
        }
    }
}
