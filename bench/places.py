"""What the benchmarks run on: programs, bundles, two nodes, and the container whose own clock measures its downtime."""
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent.parent
JMIGRATE = HERE / "target/jmigrate/bin/jmigrate"
PORT = 7070
LIMIT_SECONDS = 120


def run(*command, **options):
    """Runs a command with its output caught; a failure raises with what it said."""
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True, timeout=LIMIT_SECONDS, stdin=subprocess.DEVNULL, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)} ended with status {done.returncode}: {(done.stderr or done.stdout)[-2000:]}")
    return done.stdout


def detached(*command, **options):
    """Runs a command that leaves a container behind, whose standard streams must not be ours."""
    words = [str(word) for word in command]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          timeout=LIMIT_SECONDS, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)} ended with status {done.returncode}")


def milliseconds(action):
    started = time.perf_counter_ns()
    action()
    return (time.perf_counter_ns() - started) / 1e6


def wait_until(what, condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"gave up waiting until {what}")
        time.sleep(0.005)


def criu():
    for candidate in (os.environ.get("JMIGRATE_CRIU"), "/opt/jmigrate/criu/criu", shutil.which("criu")):
        if candidate and os.access(candidate, os.X_OK):
            return candidate
    raise RuntimeError("no CRIU found: run ./setup")


def bundle(kind, directory, *options):
    run(HERE / "test-images/make-bundle", kind, directory, *options)
    return directory


def plain(directory):
    """Takes from a bundle what raw CRIU would need an option each for: masked and read-only paths."""
    path = directory / "config.json"
    config = json.loads(path.read_text())
    config["linux"].pop("maskedPaths")
    config["linux"].pop("readonlyPaths")
    path.write_text(json.dumps(config))
    return directory


class Report:
    """The file that a workload keeps: how often it ticked, and the longest pause between two ticks."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    def read(self):
        match = re.match(r"count (\d+) longest_us (\d+) ", self.path.read_text() if self.path.exists() else "")
        return (int(match[1]), int(match[2]) / 1000) if match else (0, 0.0)

    def wait_for_more(self, what, count=0):
        wait_until(what, lambda: self.read()[0] > count, seconds=60)

    def longest_ms(self):
        return self.read()[1]


@contextlib.contextmanager
def working_directory(parent=None):
    path = pathlib.Path(tempfile.mkdtemp(prefix="jmigrate-bench-", dir=parent))
    try:
        yield path
    finally:
        shutil.rmtree(path)


class Nodes:
    """Two nodes with a node service each (see test-images/two-nodes); use it in a with statement. Their commands start a JVM each, or go
    to a service of their node (docs/service.md)."""

    def __init__(self, work, *serve_options, commands_by_service=False):
        self.work = work
        self.serve_options = serve_options
        self.commands_by_service = commands_by_service
        self.services = {}

    def __enter__(self):
        self.names = dict(line.split("=", 1) for line in run(HERE / "test-images/two-nodes", "up").splitlines())
        try:
            for who in "ab":
                (self.work / who).mkdir(mode=0o700)
                if self.commands_by_service:
                    self.jmigrate(who, "service", "start")
                self.jmigrate(who, "node", "init")
                self.serve(who)
            if "--insecure" not in self.serve_options:
                self.pair("a", "b")
                self.pair("b", "a")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for service in self.services.values():
            service.send_signal(signal.SIGTERM)
            service.wait(LIMIT_SECONDS)
        for who in "ab":
            if self._socket(who).exists():
                self.jmigrate(who, "service", "stop")
        run(HERE / "test-images/two-nodes", "down", self.names["NAME"])

    def on(self, who):
        return [HERE / "test-images/two-nodes", "exec", self.names["NAME"], who]

    def program(self, who):
        service = f"JMIGRATE_SERVICE={self._socket(who)}" if self.commands_by_service else "JMIGRATE_NO_SERVICE=1"
        return [*self.on(who), "env", service, JMIGRATE, "--root", self.work / who]

    def _socket(self, who):
        return self.work / f"{who}.service"

    def command_service(self, who):
        """The process that runs the commands of a node, if that is a service."""
        said = self.jmigrate(who, "service", "status") if self.commands_by_service else ""
        return int(re.search(r"process (\d+)", said)[1]) if said else None

    def jmigrate(self, who, *words):
        return run(*self.program(who), *words)

    def address(self, who):
        return self.names[f"ADDRESS_{who.upper()}"]

    def serve(self, who):
        log = open(self.work / f"{who}.log", "a", encoding="utf-8")
        words = [str(word) for word in (*self.program(who), "node", "serve", "--listen", f"{self.address(who)}:{PORT}",
                                         *self.serve_options)]
        self.services[who] = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_until(f"node {who} listens", lambda: self.listens(who))

    def listens(self, who):
        probe = "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 1).close()"
        words = [str(word) for word in (*self.on(who), "python3", "-c", probe, self.address(who), PORT)]
        return subprocess.run(words, stderr=subprocess.DEVNULL).returncode == 0

    def pair(self, source, destination):
        code = self.jmigrate(destination, "node", "pair", "--new-code").strip()
        self.jmigrate(source, "node", "pair", "--to", f"{self.address(destination)}:{PORT}", "--code", code)

    def state(self, who, container):
        return json.loads(self.jmigrate(who, "state", container))

    def migrate(self, source, destination, container):
        out = self.jmigrate(source, "migrate", container, "--to", f"{self.address(destination)}:{PORT}", "--rootfs", "copy",
                            "--progress", "json")
        return json.loads(out.strip().splitlines()[-1])
