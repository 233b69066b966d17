package io.jmigrate.cli.verb;

import io.jmigrate.cli.invocation.OrderlyEnd;
import io.jmigrate.cli.option.CriuOption;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.KeptMemoryFlags;
import io.jmigrate.cli.option.LandingFlags;
import io.jmigrate.cli.option.NetworkHookOption;
import io.jmigrate.cli.option.Numbers;
import io.jmigrate.cli.option.OptionCode;
import io.jmigrate.cli.option.PatienceOption;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.migration.plan.LinkTerms;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.plan.NodeLimits;
import io.jmigrate.migration.plan.NodeServeRequest;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.node.NodeServer;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Receives containers until it is told to end. */
public final class NodeServeVerb implements Verb {
    private static final int MIGRATIONS_MAX = 1000;
    private static final Path DEFAULT_STORAGE = Path.of("arrived");

    private final CriuOption criu = new CriuOption();
    private final NetworkHookOption networkHook = new NetworkHookOption();
    private Optional<String> listen = Optional.empty();
    private Optional<Path> storage = Optional.empty();
    private final LandingFlags landing = new LandingFlags();
    private final KeptMemoryFlags kept = new KeptMemoryFlags();
    private final PatienceOption patience = new PatienceOption();
    private boolean insecure;
    private int migrations = NodeLimits.DEFAULT.migrationsMax();
    private int migrationsOfPeer = NodeLimits.DEFAULT.migrationsOfPeerMax();
    private int connections = NodeLimits.DEFAULT.connectionsOfMigrationMax();

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                        this,
                        "serve",
                        "Receive containers from paired nodes until a signal ends it.",
                        "Containers that have arrived run on when it ends. With --kept-memory one that leaves this node and comes back from the node that",
                        "it went to brings what has changed; `jmigrate node kept` shows what is kept.")
                .option(
                        "--listen",
                        "HOST:PORT",
                        "Where; port 0 takes a free one.",
                        text -> text,
                        value -> listen = Optional.of(value))
                .option(
                        "--storage",
                        "DIR",
                        "Where bundles of arriving containers are made (default: ROOT/" + DEFAULT_STORAGE + ").",
                        Path::of,
                        value -> storage = Optional.of(value))
                .flag(
                        "--insecure",
                        "No encryption and no certificates: whoever reaches the port may send a container.",
                        value -> insecure = value);
        landing.declare(verb);
        kept.declare(verb);
        verb.option(
                        "--max-migrations",
                        "N",
                        "How many may arrive at once (default: " + migrations + ").",
                        text -> Numbers.between(text, 1, MIGRATIONS_MAX),
                        value -> migrations = value)
                .option(
                        "--max-migrations-per-peer",
                        "N",
                        "How many of one peer may arrive at once (default: " + migrationsOfPeer + ").",
                        text -> Numbers.between(text, 1, MIGRATIONS_MAX),
                        value -> migrationsOfPeer = value)
                .option(
                        "--max-connections",
                        "N",
                        "Over how many connections the data of one may come (default: " + connections + ").",
                        text -> Numbers.between(text, 1, LinkTerms.CONNECTIONS_MAX),
                        value -> connections = value);
        patience.declare(
                verb,
                "A source counts as lost when it says or takes nothing for so long, also while its container is held here (default: 30s).");
        return networkHook.declare(criu.declare(verb)).examples("$ jmigrate node serve --listen 0.0.0.0:7070");
    }

    @Override
    public int run(Session session) {
        session.requireRoot("take in containers");
        warnOfLackingCriu(session);
        CountDownLatch ended = new CountDownLatch(1);
        session.invocation().signals().handle(new OrderlyEnd(_ -> ended.countDown()));
        try (NodeServer server = NodeServer.start(request(session), ThisNode.of(session, criu, networkHook))) {
            session.out().println("listening on " + server.address());
            session.out().flush();
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.SUCCESS.status();
    }

    private void warnOfLackingCriu(Session session) {
        try {
            session.criu(criu);
        } catch (Failure e) {
            if (e.code() != CriuCode.CRIU_MISSING || criu.program().isPresent()) {
                throw e;
            }
            session.containers().warn(e.getMessage() + ": only containers that start anew (--mode restart) can come");
        }
    }

    private NodeServeRequest request(Session session) {
        String where = listen.orElseThrow(() -> Failure.of(OptionCode.USAGE, "node serve needs --listen HOST:PORT"));
        Path place = storage.map(session::resolve).orElse(session.root().resolve(DEFAULT_STORAGE));
        return new NodeServeRequest(
                PeerAddress.parse(where),
                session.root(),
                landing.policy(place, session::resolve),
                NodeLimits.DEFAULT.withMigrations(migrations, migrationsOfPeer).withConnections(connections),
                insecure,
                patience.orElse(NodeServeRequest.DEFAULT_LEASE),
                patience.orElse(MigrateRequest.DEFAULT_PATIENCE),
                kept.terms(insecure, session::resolve));
    }
}
