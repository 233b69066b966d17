"""tasks.py REPORT: a server and its clients in one event loop, threads, and a child at the other end of a pipe, which check each other."""
import asyncio
import os
import random
import sys
import threading

CLIENTS = 5
THREADS = 4
PORT = 7300
ROUND_S = 0.05


def report(line):
    with open("/tmp/report", "w", encoding="ascii") as file:
        file.write(line + "\n")
    os.replace("/tmp/report", sys.argv[1])


def fail(what):
    report(f"bad python {what}")
    os._exit(1)


def expect(truth, what):
    if not truth:
        fail(what)


class Child:
    """A process that sends back each number that it gets, and the sum of all."""

    def __init__(self):
        questions, self.questions = os.pipe()
        self.answers, answers = os.pipe()
        if os.fork() == 0:
            os.close(self.questions)
            self.serve(questions, answers)
        os.close(questions)
        os.close(answers)
        self.sum = 0

    @staticmethod
    def serve(questions, answers):
        total = 0
        while number := os.read(questions, 8):
            total += int.from_bytes(number, "big")
            os.write(answers, number + total.to_bytes(8, "big"))
        os._exit(0)

    def check(self, number):
        self.sum += number
        os.write(self.questions, number.to_bytes(8, "big"))
        answer = os.read(self.answers, 16)
        expect(answer == number.to_bytes(8, "big") + self.sum.to_bytes(8, "big"), "the child gives a wrong sum")


class Worker(threading.Thread):
    """Draws random numbers, each of which another generator of the same seed has to confirm."""

    def __init__(self, seed):
        super().__init__(daemon=True)
        self.drawn, self.twin, self.turn, self.done = random.Random(seed), random.Random(seed), threading.Event(), threading.Event()

    def run(self):
        while True:
            self.turn.wait()
            self.turn.clear()
            expect(self.drawn.random() == self.twin.random(), "a generator of random numbers has changed")
            self.done.set()

    def check(self):
        self.turn.set()
        expect(self.done.wait(60), "a thread does not answer")
        self.done.clear()


async def serve(reader, writer):
    count = 0
    while line := await reader.readline():
        count += 1
        writer.write(b"%d %s" % (count, line))
        await writer.drain()


async def main():
    await asyncio.start_server(serve, "127.0.0.1", PORT)
    clients = [await asyncio.open_connection("127.0.0.1", PORT) for _ in range(CLIENTS)]
    child = Child()
    workers = [Worker(seed) for seed in range(THREADS)]
    for worker in workers:
        worker.start()
    rounds = 0
    while True:
        rounds += 1
        for number, (reader, writer) in enumerate(clients):
            writer.write(b"client %d\n" % number)
            answer = await reader.readline()
            expect(answer == b"%d client %d\n" % (rounds, number), f"client {number} got {answer!r}")
        child.check(rounds)
        for worker in workers:
            worker.check()
        report(f"ok python {rounds}")
        await asyncio.sleep(ROUND_S)


asyncio.run(main())
