package io.jmigrate.runtime.cgroup.systemd.bus;

import io.jmigrate.runtime.cgroup.systemd.Systemd;
import io.jmigrate.runtime.cgroup.systemd.UnitProperty;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.impl.DirectConnection;
import org.freedesktop.dbus.connections.impl.DirectConnectionBuilder;
import org.freedesktop.dbus.errors.NoReply;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.messages.MethodCall;

/** One connection to systemd. */
public final class BusConnection implements Systemd {
    /** For root alone; sd-bus has no other name for it. */
    private static final Path SOCKET = Path.of("/run/systemd/private");

    private static final String REPLACE = "replace";
    private static final String DONE = "done";
    /** What systemd itself waits for a unit (systemd-system.conf(5), DefaultTimeoutStopSec). */
    private static final Duration JOB_LIMIT = Duration.ofSeconds(90);

    /**
     * On a loaded machine the library's first question on a connection has been seen to get no answer, while systemd answered
     * others. It is asked again then, on another connection.
     */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private static final int QUESTIONS_MAX = 4;

    static {
        MethodCall.setDefaultTimeout(ANSWER_LIMIT.toMillis());
    }

    private DirectConnection connection;
    private ManagerObject manager;
    private final BlockingQueue<ManagerObject.JobRemoved> ended = new LinkedBlockingQueue<>();

    private BusConnection() {}

    /**
     * Connects to this host's systemd.
     *
     * @throws Failure SYSTEMD if it does not answer
     */
    public static BusConnection open() {
        BusConnection bus = new BusConnection();
        bus.connect();
        return bus;
    }

    private void connect() {
        if (!Files.exists(SOCKET)) {
            throw failed("cannot reach systemd: there is no " + SOCKET);
        }
        try {
            connection = DirectConnectionBuilder.forAddress("unix:path=" + SOCKET)
                    .transportConfig()
                    .configureSasl()
                    .withSaslUid((long) Processes.effectiveUid())
                    .back()
                    .back()
                    .build();
            manager = connection.getRemoteObject(ManagerObject.PATH, ManagerObject.class);
            connection.addSigHandler(ManagerObject.JobRemoved.class, ended::add);
        } catch (DBusException | DBusExecutionException e) {
            throw failed("cannot reach systemd at " + SOCKET + ": " + e.getMessage())
                    .withCause(e);
        }
    }

    @Override
    public boolean knows(String unit) {
        return asked("tell of " + unit, () -> patiently(() -> manager.listUnitsByNames(List.of(unit)))).stream()
                .anyMatch(ListedUnit::exists);
    }

    @Override
    public void start(String unit, List<UnitProperty> properties) {
        String what = "start " + unit;
        await(what, asked(what, () -> manager.startTransientUnit(unit, REPLACE, converted(properties), List.of())));
    }

    @Override
    public void set(String unit, List<UnitProperty> properties) {
        asked(
                "change " + unit,
                () -> patiently(() -> {
                    manager.setUnitProperties(unit, true, converted(properties));
                    return unit;
                }));
    }

    @Override
    public void stop(String unit) {
        String what = "stop " + unit;
        await(what, asked(what, () -> manager.stopUnit(unit, REPLACE)));
    }

    /** systemd forgets a unit by itself as soon as nothing refers to it. */
    @Override
    public void forget(String unit) {
        asked("forget the end of " + unit, () -> {
            try {
                patiently(() -> {
                    manager.resetFailedUnit(unit);
                    return unit;
                });
            } catch (DBusExecutionException e) {
                if (knows(unit)) {
                    throw e;
                }
            }
            return unit;
        });
    }

    private static List<BusProperty> converted(List<UnitProperty> properties) {
        return properties.stream().map(BusProperty::of).toList();
    }

    /** Asks again what may be asked twice. */
    private <T> T patiently(Supplier<T> question) {
        for (int asked = 1; asked < QUESTIONS_MAX; asked++) {
            try {
                return question.get();
            } catch (NoReply e) {
                connection.disconnect();
                connect();
            }
        }
        return question.get();
    }

    private static <T> T asked(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (DBusExecutionException e) {
            throw failed("systemd does not " + what + ": " + e.getMessage()).withCause(e);
        }
    }

    /** Signals of all jobs come by, also of those that others have asked for. */
    private void await(String what, DBusPath job) {
        long deadline = System.nanoTime() + JOB_LIMIT.toNanos();
        try {
            ManagerObject.JobRemoved signal;
            do {
                signal = ended.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (signal == null) {
                    throw failed("systemd did not " + what + " within " + JOB_LIMIT.toSeconds() + " s");
                }
            } while (!signal.job().getPath().equals(job.getPath()));
            if (!signal.result().equals(DONE)) {
                throw failed("systemd could not " + what + ": the job's result is " + signal.result());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted while systemd was to " + what).withCause(e);
        }
    }

    private static Failure failed(String what) {
        return Failure.of(RuntimeCode.SYSTEMD, what);
    }

    @Override
    public void close() {
        connection.disconnect();
    }
}
