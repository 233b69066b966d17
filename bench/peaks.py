"""The most memory that programs have in use while something is measured."""
import os
import pathlib
import re
import threading

PERIOD_SECONDS = 0.1
OWN_PROGRAMS = ("jmigrate", "java", "jmigrate-track")  # the others are CRIU, the container, and the filler, which has the store mapped
STORES = pathlib.Path("/dev/shm")


def tree(pid):
    """A process and all below it."""
    pending = [pid]
    while pending:
        pid = pending.pop()
        yield pid
        try:
            for task in os.listdir(f"/proc/{pid}/task"):
                pending += map(int, pathlib.Path(f"/proc/{pid}/task/{task}/children").read_text().split())
        except OSError:
            pass  # it has ended


def own_kib(pid):
    """Resident memory without what is shared through tmpfs, which is the store's (proc_pid_status(5)), and whose it is."""
    try:
        program = pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        return program, sum(int(re.search(name + r":\s+(\d+) kB", status)[1]) for name in ("RssAnon", "RssFile"))
    except (OSError, TypeError):
        return "", 0  # it has ended


def all_kib(pid):
    """Of each of our programs once: one that is about to execute another has the same memory as its parent."""
    most = dict.fromkeys(OWN_PROGRAMS, 0)
    for program, kib in map(own_kib, tree(pid)):
        if program in most:
            most[program] = max(most[program], kib)
    return sum(most.values())


def stores():
    """Bytes that the stores of migrations take, by directory."""
    taken = {}
    for directory in STORES.glob("jmigrate-*"):
        try:
            found = [os.stat(path) for path in directory.rglob("*")]
            taken[directory.name] = sum({each.st_ino: each.st_blocks * 512 for each in found}.values())  # a file may have several names
        except OSError:
            pass  # it has just been removed
    return taken


class Peaks:
    """Looks ten times a second, in a with statement."""

    def __init__(self, **pids):
        self.pids = pids
        self.kib = dict.fromkeys(pids, 0)
        self.stores = {}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    def _look(self):
        while not self.over.wait(PERIOD_SECONDS):
            for name, pid in self.pids.items():
                self.kib[name] = max(self.kib[name], all_kib(pid))
            for name, taken in stores().items():
                self.stores[name] = max(self.stores.get(name, 0), taken)

    def mib(self, name):
        return self.kib[name] / 1024

    def store_mib(self, migration):
        return max((taken for name, taken in self.stores.items() if migration in name), default=0) / 2**20
