#!/usr/bin/env python3
"""A client of redis that knows which of its writes were acknowledged, for bench/soak.

    writes.py ADDRESS

It gives redis memory enough that it comes while redis runs, and appends the numbers from 1 on to a list, one after the other, and looks at every answer: the list's new length. If its connection ends, it connects again
and looks whether the write that had no answer was done, which is no fault; an acknowledged one that is missing, or one that is there twice, is. Commands
come one a line on standard input, each is answered with one line of JSON on standard output:

    settle   answered when 20 more writes were acknowledged: {"acknowledged", "lost", "repeated", "connections", "longest_ms"}, the last two since the
             settle before
    end      reads the whole list and that memory back first; then the same, and the program ends
"""
import hashlib
import json
import os
import queue
import socket
import sys
import threading
import time

PORT = 6379
KEY = b"writes"
SETTLED = 20
PAUSE_SECONDS = 0.001
CONNECT_SECONDS = 2
ANSWER_SECONDS = 120  # as long as a container may be frozen
BATCH = 10000
BALLAST_KEYS, BALLAST_BYTES = 10, 4 << 20


class Redis:
    """One connection."""

    def __init__(self, address):
        self.socket = socket.create_connection((address, PORT), timeout=CONNECT_SECONDS)
        self.socket.settimeout(ANSWER_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.replies = self.socket.makefile("rb")

    def ask(self, *words):
        self.socket.sendall(b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words))
        return self.reply()

    def reply(self):
        line = self.replies.readline()
        if not line.endswith(b"\r\n"):
            raise ConnectionError("redis closed the connection")
        if line.startswith(b":"):
            return int(line[1:])
        if line.startswith(b"$"):
            return self.replies.read(int(line[1:]) + 2)[:-2]
        if line.startswith(b"+"):
            return line
        if line.startswith(b"*"):
            return [self.reply() for _ in range(int(line[1:]))]
        raise RuntimeError(f"redis said {line}")

    def close(self):
        self.socket.close()


class Writer:
    def __init__(self, address):
        self.address = address
        self.redis = Redis(address)
        self.ballast = {b"ballast:%d" % key: self.load(b"ballast:%d" % key) for key in range(BALLAST_KEYS)}
        self.length = 0
        self.found = {"acknowledged": 0, "lost": 0, "repeated": 0}
        self.forget()

    def load(self, key):
        content = os.urandom(BALLAST_BYTES)
        self.redis.ask(b"SET", key, content)
        return hashlib.sha256(content).digest()

    def forget(self):
        self.connections, self.longest, self.last = 0, 0.0, time.monotonic()

    def write(self):
        """One more number. The list is as long as it says, or one longer if the answer did not come."""
        try:
            self.judge(self.redis.ask(b"RPUSH", KEY, b"%d" % (self.length + 1)), exactly=True)
        except OSError as problem:
            print(f"{time.monotonic():.3f} {problem!r} after {self.length}", file=sys.stderr, flush=True)
            self.connect()

    def judge(self, length, exactly):
        expected = self.length + 1
        if length < (expected if exactly else self.length):
            self.found["lost"] += expected - length
        elif length > expected:
            self.found["repeated"] += length - expected
        if exactly or length == expected:
            self.found["acknowledged"] += 1
        self.length = length
        now = time.monotonic()
        self.longest, self.last = max(self.longest, now - self.last), now

    def connect(self):
        self.redis.close()
        while True:
            try:
                self.redis = Redis(self.address)
                self.judge(self.redis.ask(b"LLEN", KEY), exactly=False)
                self.connections += 1
                return
            except OSError:
                time.sleep(0.05)

    def settle(self):
        until = self.found["acknowledged"] + SETTLED
        while self.found["acknowledged"] < until:
            self.write()
        said = {**self.found, "connections": self.connections, "longest_ms": round(self.longest * 1000, 1)}
        self.forget()
        return said

    def read_back(self):
        """The whole list has to be the numbers, each once, and the memory what it was."""
        numbers = [int(each) for first in range(0, self.length, BATCH)
                   for each in self.redis.ask(b"LRANGE", KEY, b"%d" % first, b"%d" % (first + BATCH - 1))]
        self.found["lost"] += len(set(range(1, self.length + 1)) - set(numbers))
        self.found["repeated"] += len(numbers) - len(set(numbers))
        self.found["lost"] += sum(hashlib.sha256(self.redis.ask(b"GET", key)).digest() != digest for key, digest in self.ballast.items())


def read_commands(commands):
    for line in sys.stdin:
        commands.put(line.strip())
    commands.put("end")


def main():
    writer = Writer(sys.argv[1])
    commands = queue.SimpleQueue()
    threading.Thread(target=read_commands, args=(commands,), daemon=True).start()
    command = ""
    while command != "end":
        writer.write()
        time.sleep(PAUSE_SECONDS)
        if not commands.empty():
            command = commands.get()
            if command == "end":
                writer.read_back()
            print(json.dumps(writer.settle()), flush=True)


if __name__ == "__main__":
    main()
