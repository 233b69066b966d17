#!/usr/bin/env python3
"""A client of redis that uses one connection all the time, for bench/migrate.

    client.py ADDRESS MIB    fills redis with MIB mebibytes that do not compress, says "full" and then sends 5000 requests a second until its
                             standard input ends; tells as JSON how many replies came in each twentieth of a second, when the first of these
                             was (CLOCK_MONOTONIC), and the longest time without a reply
"""
import json
import os
import select
import socket
import sys
import threading
import time

PORT = 6379
VALUE_BYTES = 4096
IN_FLIGHT = 64
BUCKET_SECONDS = 0.05
BATCH, BATCH_SECONDS = 10, 0.002  # 5000 requests a second
OUTSTANDING_MAX = 100  # batches


def command(*words):
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)


def reply(stream):
    line = stream.readline()
    if line.startswith(b"$"):
        stream.read(int(line[1:]) + 2)
    elif line != b"+OK\r\n":
        raise RuntimeError(f"redis said {line}")


def fill(connection, stream, keys):
    for first in range(0, keys, IN_FLIGHT):
        turn = range(first, min(first + IN_FLIGHT, keys))
        connection.sendall(b"".join(command(b"SET", b"key:%d" % key, os.urandom(VALUE_BYTES)) for key in turn))
        for _ in turn:
            reply(stream)


def send(connection, keys, outstanding):
    """A batch every two milliseconds, while not too many are unanswered, until standard input ends. One write, nine reads of a part: replies
    are small, or they would fill the link that the container moves over."""
    value = os.urandom(VALUE_BYTES)
    due, turn = time.monotonic(), 0
    while not select.select([sys.stdin], [], [], max(0, due - time.monotonic()))[0]:
        due = max(due + BATCH_SECONDS, time.monotonic())
        if outstanding.acquire(blocking=False):
            names = [b"key:%d" % ((turn + each) * 7919 % keys) for each in range(BATCH)]
            reads = (command(b"GETRANGE", name, b"0", b"99") for name in names[1:])
            connection.sendall(command(b"SET", names[0], value) + b"".join(reads))
            turn += BATCH
    connection.shutdown(socket.SHUT_WR)


def work(connection, stream, keys):
    outstanding = threading.Semaphore(OUTSTANDING_MAX)
    counts, longest = [], 0.0
    began = last = time.monotonic()
    threading.Thread(target=send, args=(connection, keys, outstanding)).start()
    while stream.peek(1):
        for _ in range(BATCH):
            reply(stream)
        outstanding.release()
        now = time.monotonic()
        counts += [0] * (int((now - began) / BUCKET_SECONDS) + 1 - len(counts))
        counts[-1] += BATCH
        longest, last = max(longest, now - last), now
    return {"began": began, "bucket_seconds": BUCKET_SECONDS, "counts": counts, "longest_ms": longest * 1000}


def main():
    keys = int(sys.argv[2]) * 2**20 // VALUE_BYTES
    with socket.create_connection((sys.argv[1], PORT)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream = connection.makefile("rb")
        fill(connection, stream, keys)
        print("full", flush=True)
        print(json.dumps(work(connection, stream, keys)))


if __name__ == "__main__":
    main()
