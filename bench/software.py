"""Real software that is moved: redis under a client, PostgreSQL under pgbench, a JVM."""
import contextlib
import json
import pathlib
import subprocess
import time

from crossing import crossing
from moves import ADDRESS
from places import wait_until

CLIENT = pathlib.Path(__file__).with_name("client.py")
BEFORE_SECONDS = 3
AFTER_SECONDS = 1
REPORTS_BEFORE = 3


class Client:
    """Of redis, at the third host of the segment; use it in a with statement."""

    def __init__(self, nodes, mib):
        words = [*nodes.on("client"), "python3", "-I", CLIENT, ADDRESS.partition("/")[0], mib]
        self.process = subprocess.Popen([str(word) for word in words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def full(self):
        if self.process.stdout.readline() != "full\n":
            raise RuntimeError("the client can't fill redis")

    def over(self):
        said, _ = self.process.communicate(timeout=60)
        return json.loads(said)


def rate(told, begin, end):
    """Replies a second between two moments."""
    first, last = (max(0, int((moment - told["began"]) / told["bucket_seconds"])) for moment in (begin, end))
    counts = told["counts"][first:last]
    return sum(counts) / (len(counts) * told["bucket_seconds"]) if counts else 0.0


def pause_of(seconds):
    """The client works, undisturbed: nothing is waited for but time itself."""
    until = time.monotonic() + seconds
    wait_until("the client has worked", lambda: time.monotonic() > until, seconds + 5)


def redis(nodes, link, work, runs, mib):
    found = []
    for _ in range(runs):
        with crossing(nodes, link, work, "redis") as moving:
            wait_until("redis listens", lambda: listens(nodes))
            with Client(nodes, mib) as client:
                client.full()
                pause_of(BEFORE_SECONDS)
                figures = moving.move()
                pause_of(AFTER_SECONDS)
                told = client.over()
        phases = figures["phases"]
        found.append({**figures, "mib": mib, "pause_ms": told["longest_ms"], "timeline": told,
                      "rate_before": rate(told, figures["began"] - BEFORE_SECONDS, figures["began"]),
                      "rate_during": rate(told, phases["pre-copy"], phases["frozen"])})
    return found


def listens(nodes):
    words = [*nodes.on("client"), "redis-cli", "-h", ADDRESS.partition("/")[0], "PING"]
    return b"PONG" in subprocess.run([str(word) for word in words], capture_output=True, check=False).stdout


# --- programs that check themselves and tell in /report/NAME ---

def told(moving, kind, who=None):
    path = pathlib.Path(f"/proc/{moving.pid(who)}/root/report/{kind}")
    with contextlib.suppress(FileNotFoundError):
        word, _, what = path.read_text().strip().partition(" ")
        if word == "bad":
            raise RuntimeError(f"{kind} is damaged: {what}")
        return f"{word} {what}"
    return ""


def tells_more(moving, kind):
    before = told(moving, kind)
    wait_until(f"{kind} tells more", lambda: told(moving, kind) not in ("", before), seconds=120)


def checked(nodes, link, work, runs, kind):
    """Their downtime is what jmigrate says: they do not measure their pauses."""
    found = []
    with crossing(nodes, link, work, kind) as moving:
        for _ in range(runs):
            for _ in range(REPORTS_BEFORE):
                tells_more(moving, kind)
            figures = moving.move()
            tells_more(moving, kind)
            found.append({**figures, "pause_ms": figures["downtime_ms"]})
    return found
