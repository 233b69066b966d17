"""A container that goes to and fro between two nodes, and all that is measured of a move."""
import contextlib
import json
import os
import signal
import subprocess
import time

from moves import ADDRESS, CONTAINER, pause, report_of
from peaks import Peaks
from places import PORT, bundle, detached, run, wait_until

PAGE_BYTES = 4096
LIMIT_SECONDS = 300


class Crossing:
    """One container on the nodes, first on a."""

    def __init__(self, nodes, link, *options):
        self.nodes, self.link, self.options = nodes, link, options
        self.here, self.there = "a", "b"

    def pid(self, who=None):
        return self.nodes.state(who or self.here, CONTAINER)["pid"]

    def move(self):
        """Moves it to the other node; returns the figures of it."""
        sent = self.link.sent_bytes(self.here)
        runner = self.nodes.command_service(self.here)
        spent = spent_seconds(runner)
        words = [str(word) for word in (
            "timeout", "--foreground", LIMIT_SECONDS, *self.nodes.program(self.here), "migrate", CONTAINER, "--to",
            f"{self.nodes.address(self.there)}:{PORT}", "--rootfs", "copy", "--progress", "json", *self.options)]
        began = time.monotonic()
        command = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        with ended(command), Peaks(source=runner or command.pid, destination=self.nodes.services[self.there].pid) as peaks:
            events = [(time.monotonic(), json.loads(line)) for line in command.stdout if line.startswith("{")]
            said = command.stderr.read()
            _, status, usage = os.wait4(command.pid, 0)
            command.returncode = os.waitstatus_to_exitcode(status)
        if command.returncode != 0:
            raise RuntimeError(f"migrate ended with status {command.returncode}: {said[-2000:]}")
        figures = self._figures(events, peaks)
        cpu_s = usage.ru_utime + usage.ru_stime + spent_seconds(runner) - spent
        figures.update(began=began, cpu_s=cpu_s, link_bytes=self.link.sent_bytes(self.here) - sent)
        self._settle(figures)
        self.here, self.there = self.there, self.here
        return figures

    @staticmethod
    def _figures(events, peaks):
        last = events[-1][1]
        phases = {event["phase"]: moment for moment, event in events if event["event"] == "phase"}
        waits = {f"waits_{name}": value for name, value in last.get("faults", {}).items()}
        return {**{name: value for name, value in last.items() if isinstance(value, (int, float))}, **waits, "id": last["migration"],
                "phases": phases, "source_mib": peaks.mib("source"), "destination_mib": peaks.mib("destination"),
                "store_mib": peaks.store_mib(last["migration"])}

    def _journal(self, who, side, migration):
        return json.loads((self.nodes.work / who / f"migrations/{migration}.{side}.json").read_text())

    def _settle(self, figures):
        """Waits until all memory is in place: until then the container can't be moved on."""
        wait_until("its memory is in place", lambda: self._journal(self.there, "destination", figures["id"])["state"] == "completed",
                   seconds=60)
        rounds = self._journal(self.here, "source", figures["id"])["report"]["rounds"]
        figures["rounds"] = len(rounds)
        figures["first_rate"] = rounds[0]["sentBytes"] / rounds[0]["nanos"] if rounds else 0.0  # bytes a nanosecond are GB/s


def spent_seconds(pid):
    """Of processor time, by a service (proc_pid_stat(5)): what it starts is the command's own child. None is no process."""
    if pid is None:
        return 0.0
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def ended(command):
    """A move that is interrupted is given up: the container stays, and nothing is left of the command."""
    try:
        yield
    finally:
        if command.returncode is None:
            command.send_signal(signal.SIGTERM)
            command.wait(60)


@contextlib.contextmanager
def crossing(nodes, link, work, kind, *options, migrate=()):
    directory = bundle(kind, work / f"bundle-{time.monotonic_ns()}", "--address", ADDRESS, *options)
    detached(*nodes.program("a"), "run", "--detach", "--bundle", directory, CONTAINER)
    try:
        yield Crossing(nodes, link, *migrate)
    finally:
        for who in "ab":
            with contextlib.suppress(RuntimeError):  # it is on one of them, or on none if it has ended
                nodes.jmigrate(who, "delete", "--force", CONTAINER)
        run("rm", "-r", directory)


def dirty_rate(report, pages):
    """Bytes that a writer writes in a second, over one second."""
    before, began = report.read()[0], time.monotonic()
    report.wait_for_more("it writes", before + 800)
    return (report.read()[0] - before) * pages * PAGE_BYTES / (time.monotonic() - began)


def writer(nodes, link, work, runs, mib, pages, migrate=()):
    """Moves a writer to and fro: figures of each move, with the longest pause that it saw and its real dirty rate."""
    found = []
    with crossing(nodes, link, work, "memory", "--mib", str(mib), "--dirty", str(pages), migrate=migrate) as moving:
        for _ in range(runs):
            here, there = moving.here, moving.there
            report = report_of(moving.pid())
            report.wait_for_more("it has its memory", 100)
            rate = dirty_rate(report, pages)
            figures = {}
            seen = pause(move=lambda: figures.update(moving.move()),
                         reset=lambda: nodes.jmigrate(here, "kill", CONTAINER, "USR1"),
                         pid_before=lambda: moving.pid(here), pid_after=lambda: moving.pid(there))
            found.append({**figures, "pause_ms": seen, "dirty_rate": rate, "mib": mib})
    return found
