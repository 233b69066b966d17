#!/usr/bin/env python3
"""fetch.py ADDRESS: fetches one page of a web server again and again over one connection, without a pause.

Commands on standard input, answers as JSON on standard output: "settle" answers when 20 more pages have come, "end" ends. There is an
answer at the start too, when the first page is there.
"""
import http.client
import json
import sys
import threading

PAGES_TO_SETTLE = 20
DEADLINE_S = 120


class Fetcher(threading.Thread):
    def __init__(self, address):
        super().__init__(daemon=True)
        self.connection = http.client.HTTPConnection(address, 80, timeout=DEADLINE_S)
        self.connection.auto_open = 0  # a lost connection is an error, not a reason for another one
        self.connection.connect()
        self.port = self.connection.sock.getsockname()[1]
        self.pages = 0
        self.errors = []
        self.moved = threading.Condition()

    def run(self):
        try:
            while True:
                self.fetch()
        except (OSError, http.client.HTTPException) as error:
            with self.moved:
                self.errors.append(repr(error))
                self.moved.notify_all()

    def fetch(self):
        self.connection.request("GET", "/page")
        response = self.connection.getresponse()
        body = response.read()
        with self.moved:
            if response.status != 200 or body.strip(b"x"):
                self.errors.append(f"status {response.status}, {len(body)} bytes")
            self.pages += 1
            self.moved.notify_all()

    def settle(self, pages):
        with self.moved:
            wanted = self.pages + pages
            self.moved.wait_for(lambda: self.pages >= wanted or self.errors, DEADLINE_S)
            same = self.connection.sock is not None and self.connection.sock.getsockname()[1] == self.port
            return {"pages": self.pages, "errors": self.errors, "same_connection": same}


def main():
    fetcher = Fetcher(sys.argv[1])
    fetcher.start()
    print(json.dumps(fetcher.settle(1)), flush=True)
    for command in sys.stdin:
        print(json.dumps(fetcher.settle(PAGES_TO_SETTLE)), flush=True)
        if command.strip() == "end":
            break


if __name__ == "__main__":
    main()
