package io.jmigrate.cli.program;

/** The processes of a program's warm service. */
final class ServiceProcess {
    private ServiceProcess() {}

    /** The JVM, a child of the front that {@code service status} names. */
    static ProcessHandle java(InstalledProgram program) {
        String status = program.run("service", "status").out();
        long front = Long.parseLong(status.replaceAll("(?s)^running as process (\\d+) .*", "$1"));
        return ProcessHandle.of(front).orElseThrow().children().findFirst().orElseThrow();
    }
}
