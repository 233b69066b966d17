#!/usr/bin/env python3
"""A redis client that never lets go of its one TCP connection, and tells what it noticed.

    client.py HOST PORT KEYS

It loads KEYS keys, then increments a counter all the time and looks at every answer. Commands come one a line on standard
input, each is answered with one line of JSON on standard output:

    phase NAME   start a new phase; the answer comes at once
    settle       answered when 20 more increments have come back: {"phase", "longest_gap_ms", "increments"}
    check        reads all keys back: {"keys_lost"}
    end          {"client_errors", "counter_gaps", "longest_gap_ms", "increments", "connections"}, and the program ends

A gap is the time between two answers. An error is anything that ends the connection; the client then connects again, so
that what was lost can still be counted.
"""
import json
import queue
import socket
import sys
import threading
import time

SETTLE_INCREMENTS = 20
PAUSE_SECONDS = 0.001
ANSWER_SECONDS = 60
CONNECT_SECONDS = 5
BATCH = 500


class Connection:
    """RESP over one socket: commands out, replies in, pipelined."""

    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=CONNECT_SECONDS)
        self.socket.settimeout(ANSWER_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.replies = self.socket.makefile("rb")

    def send(self, commands):
        out = bytearray()
        for command in commands:
            out += b"*%d\r\n" % len(command)
            for word in command:
                out += b"$%d\r\n%s\r\n" % (len(word), word)
        self.socket.sendall(out)

    def reply(self):
        line = self.replies.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError("the server closed the connection")
        kind, rest = line[:1], line[1:-2]
        if kind == b"-":
            raise RuntimeError(rest.decode())
        if kind == b":":
            return int(rest)
        if kind == b"$":
            return None if rest == b"-1" else self.replies.read(int(rest) + 2)[:-2]
        return rest

    def close(self):
        self.socket.close()


def key(i):
    return b"key:%d" % i


def value(i):
    return b"value:%d:" % i + b"%08x" % (i * 2654435761 % 2**32) * 12


class Client:
    def __init__(self, host, port, keys):
        self.address = (host, port)
        self.keys = keys
        self.connection = Connection(*self.address)
        self.connections = 1
        self.errors = 0
        self.gaps = 0
        self.counter = 0
        self.increments = 0
        self.longest = 0.0
        self.last = None
        self.begin("")

    def begin(self, phase):
        self.phase = phase
        self.phase_longest = 0.0
        self.phase_increments = 0

    def load(self):
        for first in range(0, self.keys, BATCH):
            batch = range(first, min(first + BATCH, self.keys))
            self.connection.send([(b"SET", key(i), value(i)) for i in batch])
            for _ in batch:
                self.connection.reply()

    def lost(self):
        missing = 0
        for first in range(0, self.keys, BATCH):
            batch = range(first, min(first + BATCH, self.keys))
            self.connection.send([(b"GET", key(i)) for i in batch])
            missing += sum(self.connection.reply() != value(i) for i in batch)
        self.last = time.monotonic()
        return missing

    def increment(self):
        self.connection.send([(b"INCR", b"counter")])
        count = self.connection.reply()
        now = time.monotonic()
        if count != self.counter + 1:
            self.gaps += 1
        self.counter = count
        self.increments += 1
        self.phase_increments += 1
        if self.last is not None:
            self.phase_longest = max(self.phase_longest, now - self.last)
            self.longest = max(self.longest, self.phase_longest)
        self.last = now

    def guarded(self, action):
        """Runs the action; an error is counted and followed by a new connection. None means that it failed."""
        try:
            return action()
        except (OSError, RuntimeError) as problem:
            self.errors += 1
            print(f"client: {problem!r} in phase {self.phase!r}", file=sys.stderr, flush=True)
            self.reconnect()
            return None

    def reconnect(self):
        self.connection.close()
        try:
            self.connection = Connection(*self.address)
            self.connections += 1
        except OSError:
            time.sleep(0.2)  # the next increment fails, is counted and tries again

    def settle(self):
        for _ in range(SETTLE_INCREMENTS):
            self.guarded(self.increment)
            time.sleep(PAUSE_SECONDS)
        return {
            "phase": self.phase,
            "longest_gap_ms": round(self.phase_longest * 1000, 1),
            "increments": self.phase_increments,
        }

    def summary(self):
        return {
            "client_errors": self.errors,
            "counter_gaps": self.gaps,
            "longest_gap_ms": round(self.longest * 1000, 1),
            "increments": self.increments,
            "connections": self.connections,
        }

    def answer(self, command):
        verb, _, rest = command.partition(" ")
        if verb == "phase":
            self.begin(rest)
            return {"phase": rest}
        if verb == "settle":
            return self.settle()
        if verb == "check":
            lost = self.guarded(self.lost)
            return {"keys_lost": self.keys if lost is None else lost}
        return {"error": f"unknown command {command!r}"}


def say(document):
    print(json.dumps(document), flush=True)


def read_commands(commands):
    for line in sys.stdin:
        commands.put(line.strip())
    commands.put("end")


def main():
    host, port, keys = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    client = Client(host, port, keys)
    client.load()
    say({"loaded": keys})
    commands = queue.SimpleQueue()
    threading.Thread(target=read_commands, args=(commands,), daemon=True).start()
    command = ""
    while command != "end":
        client.guarded(client.increment)
        time.sleep(PAUSE_SECONDS)
        if not commands.empty():
            command = commands.get()
            if command != "end":
                say(client.answer(command))
    say(client.summary())


if __name__ == "__main__":
    main()
