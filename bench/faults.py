"""What bench/soak does to a migration: processes are killed, the link is cut or silent, somebody gives it up."""
import dataclasses
import os
import pathlib
import signal
import time

from places import PORT, run

PROC = pathlib.Path("/proc")
PHASES = ("started", "pre-copy", "frozen", "restoring", "held", "committed", "completed")
DUMPED, RESTORING, COPYING, FILLING = PHASES[3:5], PHASES[3:6], PHASES[1:3], PHASES[5:]


def words(pid):
    """The command line of a process; nothing if it has ended."""
    try:
        return (PROC / str(pid) / "cmdline").read_text(errors="replace").split("\0")
    except OSError:
        return []


def children(pid):
    try:
        return [int(child) for child in (PROC / str(pid) / "task" / str(pid) / "children").read_text().split()]
    except OSError:
        return []


def front(pid):
    return [pid]


def java(pid):
    return programs(pid, "java")


def criu(pid):
    return [child for child in children(pid) if "swrk" in words(child)]


def everything(pid):
    return [*front(pid), *java(pid), *criu(pid)]


def programs(pid, name):
    return [child for child in children(pid) if words(child)[0:1] and words(child)[0].endswith(f"/{name}")]


def tracker(pid):
    """By whom the kernel notes what the container writes."""
    return programs(pid, "jmigrate-track")


def guard(pid):
    """Who guards the one that brings the memory of a container that was restored."""
    return programs(pid, "jmigrate-fill")


def filler(pid):
    """Who brings it."""
    return [child for each in guard(pid) for child in children(each)]


def kill(pids):
    """Stopped first, so that none sees another one's end."""
    for sent in (signal.SIGSTOP, signal.SIGKILL):
        for pid in pids:
            try:
                os.kill(pid, sent)
            except ProcessLookupError:
                pass
    return bool(pids)


@dataclasses.dataclass(frozen=True)
class Migration:
    """@param command pid of the command at the source, @param service of the node service at the destination"""
    nodes: object
    here: str
    there: str
    container: str
    command: int
    service: int


@dataclasses.dataclass(frozen=True)
class Killed:
    """@param find who, from the pid of the program that was started there, @param phases in which there is one"""
    name: str
    at_source: bool
    find: callable
    phases: tuple = PHASES

    def strike(self, migration, _):
        return kill(self.find(migration.command if self.at_source else migration.service))


@dataclasses.dataclass(frozen=True)
class Link:
    """@param verdict of nftables for each packet between the services, for 0.2 to 2 seconds"""
    name: str
    verdict: str
    phases: tuple = PHASES

    def strike(self, migration, random):
        on = migration.nodes.on(migration.there)
        rules = "".join(f"add chain inet soak {hook} {{ type filter hook {hook} priority 0; }}\n" + "".join(
            f"add rule inet soak {hook} tcp {port} {PORT} {self.verdict}\n" for port in ("dport", "sport")) for hook in ("input", "output"))
        run(*on, "nft", f"add table inet soak\n{rules}")
        time.sleep(random.uniform(0.2, 2))
        run(*on, "nft", "delete table inet soak")
        return True


@dataclasses.dataclass(frozen=True)
class Cancelled:
    name: str
    at_source: bool
    phases: tuple = PHASES[:4]

    def strike(self, migration, _):
        """Whether it comes in time is the race that this is about: what the command answers is the migration's matter."""
        who = migration.here if self.at_source else migration.there
        try:
            migration.nodes.jmigrate(who, "migration", "cancel", migration.container)
        except RuntimeError:
            return False
        return True


KINDS = [
    Killed("command killed: its front", True, front),
    Killed("command killed: its JVM", True, java),
    Killed("command killed: front, JVM and CRIU", True, everything),
    Killed("CRIU killed at the source", True, criu, DUMPED),  # before, those in which it executes die with it (docs/limits.md)
    Killed("who follows its writes killed", True, tracker, COPYING),
    Killed("service killed: its front", False, front),
    Killed("service killed: its JVM", False, java),
    Killed("service killed: front, JVM and CRIU", False, everything),
    Killed("CRIU killed at the destination", False, criu, RESTORING),
    Killed("who brings the memory killed", False, filler, FILLING),
    Killed("who guards that one killed", False, guard, FILLING),
    Link("link cut: every packet is answered by a reset", "reject with tcp reset"),
    Link("link silent: every packet vanishes", "drop"),
    Cancelled("cancelled at the source", True),
    Cancelled("cancelled at the destination", False),
]
