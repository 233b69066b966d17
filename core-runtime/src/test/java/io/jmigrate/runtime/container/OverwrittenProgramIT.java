package io.jmigrate.runtime.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.runtime.container.RealHost.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The native init is what a container finds behind /proc/PID/exe before its program runs (CVE-2019-5736). */
class OverwrittenProgramIT extends OnRealHost {
    /** With the rights to look into it, from a container that shares its processes. */
    @Test
    void isASealedCopy() throws IOException {
        Path init = RealHost.NATIVE.resolve("jmigrate-init");
        byte[] before = Files.readAllBytes(init);
        CreatedContainer victim = host.create(RealHost.newId(), host.bundle());
        Path shared = Files.createDirectory(host.files().resolve("shared"));
        TestBundle attacker = attacker(victim.init().pid(), shared);

        CompletableFuture<Outcome> attack = CompletableFuture.supplyAsync(() -> host.run(attacker));
        await().until(() -> Files.exists(shared.resolve("open")) || attack.isDone());
        host.containers().start().start(victim.record().id());

        Outcome outcome = attack.join();
        assertThat(outcome.output()).as(outcome.toString()).hasSize(3);
        assertThat(outcome.output().getFirst()).startsWith("/memfd:jmigrate-init");
        assertThat(outcome.output()).endsWith("busy", "sealed");
        assertThat(init).hasBinaryContent(before);
    }

    private TestBundle attacker(int pid, Path shared) {
        String script = "readlink /proc/1/exe; exec 9</proc/1/exe; (echo x >/proc/1/exe) 2>/dev/null || echo busy;"
                + " touch /shared/open; while grep -q jmigrate-init /proc/1/comm; do sleep 0.1; done;"
                + " (echo x >>/proc/self/fd/9) 2>/dev/null || echo sealed";
        return host.bundle().shell(script).changed(config -> {
            ((ObjectNode) config.at("/linux/namespaces/0")).put("path", "/proc/" + pid + "/ns/pid");
            config.withArray("mounts")
                    .addObject()
                    .put("destination", "/shared")
                    .put("type", "bind")
                    .put("source", shared.toString())
                    .putArray("options")
                    .add("bind");
            for (String set : List.of("bounding", "effective", "permitted")) {
                config.withObject("/process/capabilities")
                        .withArray(set)
                        .add("CAP_SYS_PTRACE")
                        .add("CAP_DAC_OVERRIDE");
            }
        });
    }

    @Test
    void doesNothingAsAContainersProgram() throws IOException {
        byte[] before = Files.readAllBytes(RealHost.NATIVE.resolve("jmigrate-init"));
        TestBundle bundle = host.bundle();
        Files.writeString(bundle.rootfs().resolve("bin/tool"), "#!/proc/self/exe\n")
                .toFile()
                .setExecutable(true);
        ContainerRecord record = host.start(bundle);

        for (String program : List.of("/proc/self/exe", "/bin/tool")) {
            Outcome outcome = host.exec(record.id(), program);
            assertThat(outcome.status().code()).isEqualTo(1);
            assertThat(outcome.errors())
                    .containsExactly("jmigrate-init: is started by jmigrate with a plan, and does nothing without one");
        }
        assertThat(RealHost.NATIVE.resolve("jmigrate-init")).hasBinaryContent(before);
    }
}
