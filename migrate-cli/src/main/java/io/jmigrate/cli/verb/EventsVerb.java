package io.jmigrate.cli.verb;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.cli.option.ContainerArgument;
import io.jmigrate.cli.option.Declaration;
import io.jmigrate.cli.option.Interval;
import io.jmigrate.cli.output.StatisticsEvent;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.container.ContainerStatistics;
import io.jmigrate.runtime.container.ContainerUse;
import io.jmigrate.runtime.container.ContainerWatch;
import io.jmigrate.runtime.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells what a container uses, and when it runs out of memory. */
public final class EventsVerb implements Verb {
    /** How soon a process that the kernel has killed is told of: its counter is looked at, which works in v1 and v2. */
    private static final Duration OOM_INTERVAL = Duration.ofMillis(200);

    private final ContainerArgument container = new ContainerArgument();
    private Duration interval = Duration.ofSeconds(5);
    private boolean once;

    @Override
    public Declaration declaration() {
        Declaration verb = Declaration.of(
                        this,
                        "events",
                        "Tell what a container uses, and when it runs out of memory.",
                        "One JSON object a line, until the container stops.")
                .option(
                        "--interval",
                        "TIME",
                        "Time between two reports (default: 5s).",
                        Interval::of,
                        value -> interval = value)
                .flag("--stats", "Tell once what the container uses, and end.", value -> once = value);
        return container
                .declare(verb)
                .examples("$ jmigrate events --stats web1", "$ jmigrate events --interval 1s web1");
    }

    @Override
    public int run(Session session) {
        ContainerStatistics statistics = session.containers().statistics();
        ContainerUse first = statistics.read(container.id());
        if (once) {
            print(session, StatisticsEvent.stats(container.id(), first));
        } else {
            follow(session, statistics, statistics.watch(container.id()), first);
        }
        return ExitCode.SUCCESS.status();
    }

    /** Until the container stops or the caller has had enough. Between two reports only the counter of killed processes is read. */
    private void follow(Session session, ContainerStatistics statistics, ContainerWatch watch, ContainerUse first) {
        CountDownLatch enough = new CountDownLatch(1);
        session.invocation().signals().handle(_ -> enough.countDown());
        long kills = first.statistics().memory().oomKills();
        long next = System.nanoTime() + interval.toNanos();
        Duration pause = interval.compareTo(OOM_INTERVAL) < 0 ? interval : OOM_INTERVAL;
        while (!ended(enough, pause) && watch.lives()) {
            for (long now = watch.oomKills(); kills < now; kills++) {
                print(session, StatisticsEvent.oom(container.id()));
            }
            if (System.nanoTime() - next >= 0) {
                statistics
                        .find(container.id())
                        .ifPresent(use -> print(session, StatisticsEvent.stats(container.id(), use)));
                next += interval.toNanos();
            }
        }
    }

    private static boolean ended(CountDownLatch enough, Duration pause) {
        try {
            return enough.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void print(Session session, JsonNode event) {
        session.out().println(new String(JsonText.compact(event), StandardCharsets.UTF_8));
        session.out().flush();
    }
}
