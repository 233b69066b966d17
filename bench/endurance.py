"""A redis that is moved back and forth under a client, and what is looked at after each move."""
import dataclasses
import json
import pathlib
import subprocess
import threading
import time

from faults import KINDS, Killed, Migration, everything, front, java, words
from places import HERE, LIMIT_SECONDS, PORT, bundle, detached, wait_until

CONTAINER = "redis"
ADDRESS = "10.88.0.5"
DELAY_SECONDS = 0.15  # a phase takes about so long
COMPLETED, REFUSED, ABORTED, IN_DOUBT = 0, 4, 5, 6
PROGRAM = "redis-server"
GONE_SECONDS = 60  # a node that sees nothing of its peer waits for it for half a minute


@dataclasses.dataclass
class Found:
    """@param attempts migrations, @param moves how often it has arrived, @param followed of these by memory that follows, @param faults by kind: how often it struck, @param ends by what the command said"""
    attempts: int = 0
    moves: int = 0
    followed: int = 0
    recoveries: int = 0
    faults: dict = dataclasses.field(default_factory=dict)
    ends: dict = dataclasses.field(default_factory=dict)
    failures: list = dataclasses.field(default_factory=list)
    downtimes: list = dataclasses.field(default_factory=list)
    gaps: list = dataclasses.field(default_factory=list)
    gaps_with_faults: list = dataclasses.field(default_factory=list)
    reconnections: int = 0
    writes: dict = dataclasses.field(default_factory=dict)


class Client:
    """bench/writes.py in the client's network namespace."""

    def __init__(self, nodes, log):
        command = [str(word) for word in (*nodes.on("client"), "python3", HERE / "bench/writes.py", ADDRESS)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(log, "w", encoding="utf-8"), text=True)

    def ask(self, command):
        """Waits up to two minutes for the answer."""
        timer = threading.Timer(LIMIT_SECONDS, self.process.kill)
        timer.start()
        try:
            self.process.stdin.write(command + "\n")
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline() or "null")
        finally:
            timer.cancel()

    def close(self):
        self.process.kill()
        self.process.wait()


class Endurance:
    """Use it in a with statement, within that of the nodes."""

    def __init__(self, nodes, work, random, share, hybrid):
        self.nodes, self.work, self.random, self.share, self.hybrid = nodes, work, random, share, hybrid
        self.here, self.there = "a", "b"
        self.jvms = []  # of both ends, as they were when a fault was about to strike
        self.found = Found()
        self.container_lost = False

    def __enter__(self):
        directory = bundle("redis", self.work / "bundle", "--id", CONTAINER, "--address", f"{ADDRESS}/24")
        detached(*self.nodes.program("a"), "run", "--detach", "--bundle", directory, CONTAINER)
        self.client = Client(self.nodes, self.work / "client.log")
        self.client.ask("settle")
        return self

    def __exit__(self, *_):
        self.client.close()
        for who in "ab":
            if (self.work / who / CONTAINER).exists():
                self.nodes.jmigrate(who, "delete", "--force", CONTAINER)

    # --- one move ---

    def move(self):
        """@return what was done and what came of it, in a line"""
        kind, phase, delay, mode = self.plan()
        before = len(self.found.failures)
        status, struck, finished = self.migrate(kind, phase, delay, mode)
        self.serve_again()
        end = self.settle_journals(status, struck and isinstance(kind, Killed) and kind.at_source and kind.find in (front, java, everything))
        self.look(end, struck or status != COMPLETED)
        self.found.attempts += 1
        self.count(self.found.ends, end)
        if struck:
            self.count(self.found.faults, kind.name)
        if finished and not struck:
            self.found.downtimes.append(finished["downtime_ms"])
        self.found.followed += end == "moved" and bool(mode)
        told = f"{self.here} ⇒ {self.there} {end}" + (" by hybrid" if mode else "") + (f", {kind.name}, {delay * 1000:.0f} ms after {phase}" if struck else "")
        problems = self.found.failures[before:]
        self.found.failures[before:] = [f"migration {self.found.attempts} ({told}): {problem}" for problem in problems]
        if end == "moved":
            self.found.moves += 1
            self.here, self.there = self.there, self.here
        return "; ".join([told, *problems])

    def plan(self):
        """All is drawn, whether it is needed or not, so that a seed's plan does not depend on what happens."""
        strikes = self.random.random() < self.share
        kind = self.random.choice(KINDS)
        phase = self.random.choice(kind.phases)
        delay = self.random.uniform(0, DELAY_SECONDS)
        follows = self.random.random() < self.hybrid
        return (kind if strikes else None), phase, delay, (("--mode", "hybrid") if follows else ())

    def migrate(self, kind, phase, delay, mode):
        """@return exit status, whether the fault struck, what the command said of its success"""
        command = [str(word) for word in (*self.nodes.program(self.here), "migrate", CONTAINER, "--to",
                                          f"{self.nodes.address(self.there)}:{PORT}", "--progress", "json", *mode)]
        log = open(self.work / "migrate.log", "a", encoding="utf-8")
        finished, strikes, struck = None, [], []
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True) as process:
            migration = Migration(self.nodes, self.here, self.there, CONTAINER, process.pid, self.nodes.services[self.there].pid)
            for line in process.stdout:
                event = json.loads(line)
                if kind and not strikes and phase in (event["event"], event.get("phase")):
                    self.jvms = [*java(migration.command), *java(migration.service)]
                    strikes.append(threading.Thread(target=lambda: self.strike(kind, migration, delay, struck)))
                    strikes[0].start()
                if event["event"] == "finished":
                    finished = event
            status = process.wait(LIMIT_SECONDS)
        for thread in strikes:
            thread.join()
        return status, bool(struck and struck[0]), finished

    def strike(self, kind, migration, delay, struck):
        """A service that was killed is started again at once, as by a service manager."""
        jvms = java(migration.service)
        time.sleep(delay)
        struck.append(kind.strike(migration, self.random))
        if struck[0] and isinstance(kind, Killed) and not kind.at_source and kind.find in (front, java, everything):
            self.nodes.services[self.there].wait(LIMIT_SECONDS)
            wait_until("the service's JVM ends without its front", lambda: not any(any(words(pid)) for pid in jvms), LIMIT_SECONDS)
            self.nodes.serve(self.there)

    def serve_again(self):
        """What has ended by itself meanwhile. A JVM without its front ends by itself, at either end."""
        for pid in self.jvms:
            if not any(words(pid)):
                continue
            owner = next((who for who, service in self.nodes.services.items() if service.poll() is None and pid in java(service.pid)), None)
            if owner is None:
                wait_until(f"the JVM {pid} ends without its front", lambda: not any(words(pid)), LIMIT_SECONDS)
        self.jvms = []
        for who, service in self.nodes.services.items():
            if service.poll() is not None:
                self.nodes.serve(who)

    def settle_journals(self, status, killed):
        """What the command said, or one recovery. @param killed whether the command, or a part of it, was killed"""
        if status == COMPLETED:
            return "moved"
        if status in (ABORTED, REFUSED):
            return "stayed"
        if status != IN_DOUBT and not killed:
            self.fail(f"migrate ended with status {status}")
        self.found.recoveries += 1
        done = subprocess.run([str(word) for word in (*self.nodes.program(self.here), "migration", "recover")], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=LIMIT_SECONDS)
        if done.returncode != 0:
            self.fail(f"one recovery was not enough: status {done.returncode}, {done.stdout.strip()} {done.stderr.strip()}")
        return "moved" if "it runs at the destination" in done.stdout or self.seen() == [self.there] else "stayed"

    # --- what is looked at after it ---

    def look(self, end, disturbed):
        where = self.there if end == "moved" else self.here
        other = self.here if end == "moved" else self.there
        self.expect("exactly one redis runs, where it should", lambda: self.seen() == [where])
        said = self.client.ask("settle") if self.seen() else None
        if said is None:
            self.container_lost = True
            self.fail(f"the client has no answer; redis is seen at {self.seen()}")
            return
        self.take(said)
        self.found.reconnections += said["connections"]
        if said["connections"] and not disturbed:
            self.fail("the connection was lost without any fault")
        (self.found.gaps_with_faults if disturbed else self.found.gaps).append(said["longest_ms"])
        self.expect(f"nothing is left at node {other}", lambda: not self.remains(other))
        if self.remains(other):
            self.fail(f"left: {self.remains(other)}")

    def take(self, said):
        for what in ("lost", "repeated"):
            if said[what] > self.found.writes.get(what, 0):
                self.fail(f"acknowledged writes {what}: {said[what]}")
        self.found.writes = {what: said[what] for what in ("acknowledged", "lost", "repeated")}

    def seen(self):
        """The nodes on which the kernel has a redis, one entry each."""
        found = []
        for path in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if (path / "comm").read_text().strip() == PROGRAM:
                    groups = (path / "cgroup").read_text()
                    found += [who for who in "ab" if f"/{self.nodes.names['NAME']}-{who}" in groups]
            except OSError:
                pass  # it has ended meanwhile
        return sorted(found)

    def remains(self, who):
        """What a container that has left, or never ran there, may not leave."""
        mounts = [line.split()[4] for line in pathlib.Path("/proc/self/mountinfo").read_text().splitlines()
                  if line.split()[4].startswith(f"{self.work / who}/")]
        record = [str(path) for path in [self.work / who / CONTAINER] if path.exists()]
        journals = {path.name.split(".")[0] for path in (self.work / who / "migrations").glob("*.json")}
        images = [str(path) for path in pathlib.Path("/dev/shm").glob("jmigrate-*") if path.name.split("-")[1].split(".")[0] in journals]
        return mounts + record + images

    def expect(self, what, condition):
        try:
            wait_until(what, condition, GONE_SECONDS)
        except RuntimeError as failure:
            self.fail(str(failure))

    def fail(self, what):
        self.found.failures.append(what)

    @staticmethod
    def count(counts, what):
        counts[what] = counts.get(what, 0) + 1

    def end(self, moves):
        if not self.container_lost:
            self.take(self.client.ask("end"))
        if self.found.moves < moves:
            self.fail(f"it has arrived {self.found.moves} times, not {moves}")
        return self.found
