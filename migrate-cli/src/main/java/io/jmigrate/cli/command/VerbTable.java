package io.jmigrate.cli.command;

import io.jmigrate.cli.verb.CheckpointVerb;
import io.jmigrate.cli.verb.CloneVerb;
import io.jmigrate.cli.verb.CompletionVerb;
import io.jmigrate.cli.verb.ConvertVerb;
import io.jmigrate.cli.verb.CreateVerb;
import io.jmigrate.cli.verb.DeleteVerb;
import io.jmigrate.cli.verb.DiffVerb;
import io.jmigrate.cli.verb.DoctorVerb;
import io.jmigrate.cli.verb.EstimateVerb;
import io.jmigrate.cli.verb.EventsVerb;
import io.jmigrate.cli.verb.ExecVerb;
import io.jmigrate.cli.verb.FeaturesVerb;
import io.jmigrate.cli.verb.ImageVerb;
import io.jmigrate.cli.verb.InspectVerb;
import io.jmigrate.cli.verb.KillVerb;
import io.jmigrate.cli.verb.ListVerb;
import io.jmigrate.cli.verb.MemoryVerb;
import io.jmigrate.cli.verb.MigrateVerb;
import io.jmigrate.cli.verb.MigrationVerb;
import io.jmigrate.cli.verb.NodeVerb;
import io.jmigrate.cli.verb.PauseVerb;
import io.jmigrate.cli.verb.PlanVerb;
import io.jmigrate.cli.verb.PsVerb;
import io.jmigrate.cli.verb.RestoreVerb;
import io.jmigrate.cli.verb.ResumeVerb;
import io.jmigrate.cli.verb.RunVerb;
import io.jmigrate.cli.verb.ServiceVerb;
import io.jmigrate.cli.verb.SpecVerb;
import io.jmigrate.cli.verb.StartVerb;
import io.jmigrate.cli.verb.StateVerb;
import io.jmigrate.cli.verb.UpdateVerb;
import io.jmigrate.cli.verb.Verb;
import io.jmigrate.cli.verb.VersionVerb;
import java.util.List;
import java.util.Optional;

/** All verbs by name, in the order of the help. */
final class VerbTable {
    private static final List<String> NAMES = List.of(
            "spec",
            "plan",
            "create",
            "start",
            "run",
            "exec",
            "state",
            "list",
            "ps",
            "kill",
            "pause",
            "resume",
            "update",
            "events",
            "delete",
            "checkpoint",
            "restore",
            "clone",
            "doctor",
            "inspect",
            "diff",
            "memory",
            "image",
            "convert",
            "migrate",
            "estimate",
            "migration",
            "node",
            "service",
            "completion",
            "features",
            "version");

    private VerbTable() {}

    static List<String> names() {
        return NAMES;
    }

    static Optional<Verb> make(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "spec" -> new SpecVerb();
                    case "plan" -> new PlanVerb();
                    case "create" -> new CreateVerb();
                    case "start" -> new StartVerb();
                    case "run" -> new RunVerb();
                    case "exec" -> new ExecVerb();
                    case "state" -> new StateVerb();
                    case "list" -> new ListVerb();
                    case "ps" -> new PsVerb();
                    case "kill" -> new KillVerb();
                    case "pause" -> new PauseVerb();
                    case "resume" -> new ResumeVerb();
                    case "update" -> new UpdateVerb();
                    case "events" -> new EventsVerb();
                    case "delete" -> new DeleteVerb();
                    case "checkpoint" -> new CheckpointVerb();
                    case "restore" -> new RestoreVerb();
                    case "clone" -> new CloneVerb();
                    case "doctor" -> new DoctorVerb();
                    case "inspect" -> new InspectVerb();
                    case "diff" -> new DiffVerb();
                    case "memory" -> MemoryVerb.group();
                    case "image" -> ImageVerb.group();
                    case "convert" -> new ConvertVerb();
                    case "migrate" -> new MigrateVerb();
                    case "estimate" -> new EstimateVerb();
                    case "migration" -> MigrationVerb.group();
                    case "node" -> NodeVerb.group();
                    case "service" -> ServiceVerb.group(Program::run);
                    case "completion" -> new CompletionVerb(Grammar::whole);
                    case "features" -> new FeaturesVerb();
                    case "version" -> new VersionVerb();
                    default -> null;
                });
    }
}
