package io.jmigrate.migration.engine;

import io.jmigrate.criu.DumpListener;
import io.jmigrate.criu.DumpVerdict;
import io.jmigrate.criu.FrozenTree;
import io.jmigrate.criu.LeftMemory;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.engine.Commitment.Outcome;
import io.jmigrate.migration.kept.Keeping;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.policy.MigrateMode;
import io.jmigrate.migration.report.MigrationResult;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.report.ProgressEvent.Kind;
import io.jmigrate.migration.report.Step;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.kept.KeptPeer;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.MachineErrors;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** One migration at its source, from the offer to the end. Used once, by one thread. */
final class SourceMigration {
    private final MigrateRequest request;
    private final MigrationId id;
    private final SourceNode node;
    private final Peer peer;
    private final SourceCourse course;
    private final Path images;
    private final CancelToken cancel;
    private final Company company;
    private final Grip grip;
    private final SentBytes sent;
    private Control control;
    private Negotiation negotiation;
    private Data data;
    private GroupWait others;
    private Optional<OutgoingTrees> files = Optional.empty();
    private OutgoingMemory outgoing;
    private MemoryAhead memory;
    private Optional<Outcome> outcome = Optional.empty();
    private String secret;
    private boolean memoryFollows;
    private Keeping keeping = Keeping.nothing();

    /** @param images an empty directory in memory @param cancel that of the company */
    SourceMigration(
            MigrateRequest request,
            MigrationId id,
            SourceNode node,
            Peer peer,
            SourceCourse course,
            Path images,
            CancelToken cancel,
            Company company) {
        this.request = request;
        this.id = id;
        this.node = node;
        this.peer = peer;
        this.course = course;
        this.images = images;
        this.cancel = cancel;
        this.company = company;
        this.grip = new Grip(node);
        this.sent = new SentBytes(course, cancel);
    }

    MigrationResult run() {
        course.tell(new ProgressEvent.Started(
                id, request.container(), request.peer().toString()));
        try {
            return MachineErrors.get(this::moved);
        } catch (RuntimeException e) {
            RuntimeException why = cancel.reasonOf(e);
            company.withdraw(e);
            throw new Withdrawal(request, course, grip, images, Optional.ofNullable(control), outcome).after(why);
        } finally {
            closeConnections();
        }
    }

    private MigrationResult moved() {
        course.begin();
        cancel.onCancel(peer::interrupt);
        migrate();
        return complete();
    }

    private void migrate() {
        MemoryInPlace.await(node, course, cancel, request.patience());
        node.container().lowers(request.rootfs()); // a peer that is connected waits for no one who reads an image
        control = peer.control();
        negotiation = new Negotiation(request, id, node, control, company.group());
        ControlMessage.Accepted accepted = negotiation.agree();
        secret = accepted.secret();
        course.joinedBy(secret);
        SourceState.PreCopy first = new SourceState.PreCopy(1);
        course.enter(first);
        data = peer.data(id, secret);
        others = new GroupWait(control, data, request.patience());
        outgoing = new OutgoingMemory(data, control, request, kept(accepted), sent);
        memory = node.memory(outgoing);
        if (request.mode().hasRounds()) {
            course.chronicle().tracker(memory.tracker());
        }
        try {
            meet(); // nobody copies before all were accepted
            copyAhead(first);
            cancel.check();
            course.enter(new SourceState.Frozen());
            dump();
        } finally {
            course.attempt(memory::close);
        }
        outcome.orElseThrow().requireRunning(request.peer());
    }

    /** What the destination has of earlier times, unless none goes, or all follows, which is taken from the copy as it is. */
    private KeptPeer kept(ControlMessage.Accepted accepted) {
        boolean none = request.mode().startsAnew() || request.mode() == MigrateMode.POST_COPY;
        return none ? KeptPeer.withNothing() : KeptAnnouncement.ask(accepted, data, request.patience(), cancel::check);
    }

    /** Returns when all that leave together have come so far. */
    private void meet() {
        others.until(company.meet(id, _ -> true));
    }

    private void dump() {
        try {
            node.dump(images, new Handover());
        } catch (RuntimeException e) {
            if (outcome.isEmpty()) {
                throw e;
            }
            course.warn(e);
        }
    }

    /** The tree is frozen when its images are complete, and still is when this is over. */
    private final class Handover implements DumpListener {
        @Override
        public LeftMemory memory() {
            return LeftMemory.ALL;
        }

        @Override
        public void freezing() {
            node.container().requireSame();
            course.attempt(grip::giveTimeBack);
            negotiation.requireUnchanged();
            meet(); // here each has its CRIU waiting
            course.begin(Step.FREEZE);
            if (node.startsAnew()) {
                files.ifPresent(OutgoingTrees::lookForMappings);
                others.until(grip.stop()); // the peer hears meanwhile that this end is there
                negotiation.requireUnchanged(); // nothing has kept others from it, as a dump would
            }
            if (company.group().isPresent()) {
                grip.freeze();
                meet(); // nobody is dumped before all stand still
            }
        }

        /** No file and no memory changes from now on, so both can be looked at while CRIU dumps. */
        @Override
        public void stopped() {
            course.begin(Step.DUMP);
            files.ifPresent(OutgoingTrees::look);
            memory.standing(memoryFollows);
        }

        @Override
        public DumpVerdict frozen(FrozenTree frozen) {
            course.begin(Step.LAST_MEMORY);
            if (!request.network().endsConnections()) {
                grip.takeLinkDown();
            }
            outgoing.last(memory, frozen, memoryFollows);
            course.chronicle().begin(Step.TRANSFER);
            return handOver(to -> memory.all(frozen, to));
        }
    }

    /** Copying memory takes a while: what files changed meanwhile need not wait for the freeze. */
    private void copyAhead(SourceState.PreCopy first) {
        OutgoingTrees trees = OutgoingTrees.of(request, node, data, control, sent::files);
        files = Optional.of(trees);
        if (request.mode().startsAnew()) {
            new FilesAhead(trees, course, cancel).run(first);
            return;
        }
        trees.sendAll();
        if (!request.mode().hasRounds()) {
            trees.sendChanges();
            memoryFollows = request.mode().memoryFollows();
            return;
        }
        Slowing slowing = new Slowing(node.container().throttle(), grip, course);
        PreCopy.Together together = (mine, decision) -> others.until(company.meet(mine, decision));
        memoryFollows =
                new PreCopy(request, memory, outgoing, course, slowing, together, first).run(trees::sendChanges);
    }

    /** In CRIU's post-dump: the tree is frozen and stays so until this returns. */
    private DumpVerdict handOver(Consumer<PageTaker> leftMemory) {
        try (OutgoingImages files = new OutgoingImages(data, request.memory().compress(), outgoing.linkRate())) {
            sent.of(Kind.IMAGES, files.send(images));
        }
        files.ifPresent(trees -> trees.sendLast(images));
        if (request.memory().verify()) {
            course.chronicle().begin(Step.VERIFY);
        }
        outgoing.describe(leftMemory);
        grip.letNetworkGo();
        data.send(new DataMessage.SectionEnd(Section.FINAL, 0));
        course.enter(new SourceState.Restoring());
        outgoing.requireCompared(control.await(ControlMessage.Held.class, request.patience()));
        SourceState.Held held = new SourceState.Held();
        course.enter(held);
        grip.freeze();
        Parting parting = new Parting(request, id, node, peer, course, grip, sent);
        Outcome end = parting.make(new JointDecision(company, cancel, others), held, control, secret, outgoing.moved());
        outcome = Optional.of(end);
        course.chronicle().begin(Step.CLEAN_UP);
        if (end instanceof Outcome.Runs) {
            course.attempt(() -> keep(leftMemory));
        }
        return parting.verdict(end);
    }

    /** It runs at the destination: nobody waits for this. */
    private void keep(Consumer<PageTaker> leftMemory) {
        keeping = node.keeping(request.memory().keep() ? control.certificate() : Optional.empty());
        keeping.take(leftMemory);
    }

    private MigrationResult complete() {
        try {
            node.container().delete();
            Directories.remove(images); // nobody looks for them any more when the migration has ended by its journal
            course.enter(new SourceState.Completed());
        } catch (RuntimeException e) {
            throw Failure.of(
                            MigrationCode.LEFT_BEHIND,
                            "what is left of it here could not be removed: " + e.getMessage())
                    .withCause(e);
        }
        course.attempt(() -> control.send(new ControlMessage.Gone()));
        course.attempt(keeping::complete);
        MigrationResult result = MigrationResult.of(
                id, request.container(), request.peer().toString(), course.report(), outgoing.comparedPages());
        course.tell(new ProgressEvent.Finished(result));
        return result;
    }

    private void closeConnections() {
        files.ifPresent(OutgoingTrees::close);
        course.attempt(keeping::close);
        if (outgoing != null) {
            outgoing.close();
        }
        if (data != null) {
            data.close();
        }
        if (control != null) {
            control.close();
        }
    }
}
