"""The client of the demo against a small redis of this test, which can lose things."""
import json
import pathlib
import socketserver
import subprocess
import sys
import threading
import unittest

CLIENT = pathlib.Path(__file__).with_name("client.py")
KEYS = 600


class Store(socketserver.StreamRequestHandler):
    """SET, GET and INCR of RESP; the server's `fault` may change what is kept or answered."""

    def handle(self):
        while header := self.rfile.readline():
            words = [self.word() for _ in range(int(header[1:]))]
            answer = self.server.answer(words)
            if answer is None:
                return
            self.wfile.write(answer)

    def word(self):
        length = int(self.rfile.readline()[1:])
        return self.rfile.read(length + 2)[:-2]


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Store)
        self.data = {}
        self.counter = 0
        self.hang_up = False

    def answer(self, words):
        if words[0] == b"SET":
            self.data[words[1]] = words[2]
            return b"+OK\r\n"
        if words[0] == b"GET":
            value = self.data.get(words[1])
            return b"$-1\r\n" if value is None else b"$%d\r\n%s\r\n" % (len(value), value)
        if self.hang_up:
            self.hang_up = False
            return None
        self.counter += 1
        return b":%d\r\n" % self.counter


class Client(unittest.TestCase):
    def setUp(self):
        self.server = Server()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        host, port = self.server.server_address
        self.client = subprocess.Popen([sys.executable, CLIENT, host, str(port), str(KEYS)], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(self.end_client)
        self.assertEqual(self.answer(), {"loaded": KEYS})

    def end_client(self):
        self.client.kill()
        self.client.communicate()

    def answer(self):
        return json.loads(self.client.stdout.readline())

    def ask(self, command):
        print(command, file=self.client.stdin, flush=True)
        return self.answer()

    def test_sees_nothing_where_nothing_happens(self):
        self.assertEqual(self.ask("phase quiet"), {"phase": "quiet"})
        self.assertGreaterEqual(self.ask("settle")["increments"], 20)
        self.assertEqual(self.ask("check"), {"keys_lost": 0})
        summary = self.ask("end")
        self.assertEqual((summary["client_errors"], summary["counter_gaps"], summary["connections"]), (0, 0, 1))
        self.assertEqual(self.client.wait(10), 0)

    def test_counts_keys_that_are_gone_or_changed(self):
        del self.server.data[b"key:7"]
        self.server.data[b"key:599"] = b"something else"
        self.assertEqual(self.ask("check"), {"keys_lost": 2})

    def test_counts_an_increment_that_was_lost(self):
        self.ask("settle")
        self.server.counter -= 5
        self.ask("settle")
        self.assertEqual(self.ask("end")["counter_gaps"], 1)

    def test_counts_a_connection_that_was_closed(self):
        self.ask("settle")
        self.server.hang_up = True
        self.ask("settle")
        summary = self.ask("end")
        self.assertEqual((summary["client_errors"], summary["connections"]), (1, 2))


if __name__ == "__main__":
    unittest.main()
