"""The link between the two nodes: shaped or as fast as the machine, what crosses it, and files sent over it."""
import pathlib
import re
import subprocess

from places import LIMIT_SECONDS, run

RATE_BYTES = 125_000_000  # a second, of 1 Gbit/s
PORT = 7071

RECEIVE = """
import shutil, socket, sys
with socket.create_server((sys.argv[1], int(sys.argv[2]))) as server:
    print("listens", flush=True)
    with server.accept()[0] as connection, open(sys.argv[3], "wb") as file:
        shutil.copyfileobj(connection.makefile("rb"), file, 1 << 20)
"""
SEND = """
import socket, sys
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as connection, open(sys.argv[3], "rb") as file:
    connection.sendfile(file)
"""


class Link:
    """Of the nodes of a with statement; the qdiscs (tc-tbf(8)) end with the nodes' namespaces."""

    def __init__(self, nodes):
        self.nodes = nodes
        self.shaped = False

    def shape(self):
        """1 Gbit/s each way, with a queue of 10 ms."""
        for who in "ab":
            self._tc(who, "replace", "dev", "uplink", "root", "tbf", "rate", "1gbit", "burst", "256kb", "latency", "10ms")
        self.shaped = True

    def unshape(self):
        if self.shaped:
            for who in "ab":
                self._tc(who, "delete", "dev", "uplink", "root")
        self.shaped = False

    def _tc(self, who, *words):
        run(*self.nodes.on(who), "tc", "qdisc", *words)

    def sent_bytes(self, who):
        """What a node has sent so far, with all headers."""
        return int(run(*self.nodes.on(who), "cat", "/proc/net/dev").split("uplink:")[1].split()[8])

    def round_trip_ms(self):
        said = run(*self.nodes.on("a"), "ping", "-q", "-c", "20", "-i", "0.01", self.nodes.address("b"))
        return float(re.search(r"= [\d.]+/([\d.]+)/", said)[1])

    def send(self, path, target):
        """A file from node a to node b, as fast as the link lets it."""
        to = [self.nodes.address("b"), str(PORT)]
        words = [str(word) for word in (*self.nodes.on("b"), "python3", "-I", "-c", RECEIVE, *to, target)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as receiver:
            try:
                receiver.stdout.readline()
                run(*self.nodes.on("a"), "python3", "-I", "-c", SEND, *to, path)
                receiver.wait(LIMIT_SECONDS)
            finally:
                receiver.kill()
        if pathlib.Path(target).stat().st_size != pathlib.Path(path).stat().st_size:
            raise RuntimeError(f"{path} has not come whole")
