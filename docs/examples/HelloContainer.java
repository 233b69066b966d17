import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.container.CreateRequest;
import io.jmigrate.runtime.container.DeleteRequest;
import io.jmigrate.runtime.container.ExecProcess;
import io.jmigrate.runtime.container.ExecRequest;
import io.jmigrate.runtime.container.KillRequest;
import io.jmigrate.runtime.container.StandardStreams;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Child;
import io.jmigrate.runtime.launch.FrontConnection;
import io.jmigrate.runtime.launch.Launchers;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.Signal;
import java.nio.file.Path;

/**
 * Makes a container of a bundle whose program stays, executes a command in it, and removes it:
 *
 * <pre>java --enable-native-access=ALL-UNNAMED -Djava.library.path=PREFIX/lib -cp 'PREFIX/lib/jars/*' HelloContainer.java PREFIX ROOT BUNDLE</pre>
 *
 * PREFIX is where jmigrate is, ROOT a directory for the state of containers. It needs root.
 */
public final class HelloContainer {
    public static void main(String[] arguments) {
        Path prefix = Path.of(arguments[0]);
        Path root = Path.of(arguments[1]);
        Path bundle = Path.of(arguments[2]);
        try (FrontConnection launcher = Launchers.open(prefix.resolve("bin/jmigrate"))) {
            Containers containers = Containers.at(root, launcher, prefix.resolve("lib")).warning(System.err::println);
            ContainerId id = ContainerId.of("hello");
            live(containers, id, bundle);
        } catch (Failure e) { // the only kind: a code, a sentence, and details a line each
            System.err.println(e.code() + ": " + e.getMessage());
            e.details().forEach(System.err::println);
            System.exit(1);
        }
    }

    private static void live(Containers containers, ContainerId id, Path bundle) {
        try (Fd nothing = Descriptors.open(Path.of("/dev/null"), OpenFlag.READ_WRITE)) {
            StandardStreams silent = new StandardStreams(nothing, nothing, nothing);
            Child init = containers.create().create(CreateRequest.of(id, bundle, silent)).init();
            try {
                System.out.println(containers.state().state(id).status());
                containers.start().start(id);
                System.out.println(containers.state().state(id).status());
                execute(containers, id, "echo hello from process $$");
                containers.kill().kill(new KillRequest(id, Signal.KILL, false));
                System.out.println("its program: " + init.await().text());
            } finally {
                containers.delete().delete(new DeleteRequest(id, true));
            }
        }
    }

    /** With this program's own standard streams. */
    private static void execute(Containers containers, ContainerId id, String script) {
        StandardStreams ours = new StandardStreams(Fd.of(0), Fd.of(1), Fd.of(2));
        ExecProcess process = ExecProcess.of("/bin/sh", "-c", script);
        System.out.println("a command: "
                + containers.exec().exec(ExecRequest.of(id, process, ours)).await().text());
    }
}
