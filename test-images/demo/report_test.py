"""The report of the demo, on notes as the demo writes them: python3 -m unittest discover -s test-images/demo -p '*_test.py'"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

REPORT = pathlib.Path(__file__).with_name("report.py")
MOVE = {"kind": "migration", "name": "A -> B", "downtime_ms": 90.0, "total_ms": 1200.0, "bytes": 2**20, "client_gap_ms": 120.0}
ARCHIVE = {"kind": "archive", "name": "archive", "client_gap_ms": 700.0, "total_ms": 900, "bytes": 2**21}


def check(lost):
    return {"kind": "check", "name": "migrations", "keys_lost": lost}


def end(errors=0, gaps=0):
    return {"kind": "end", "name": "end", "client_errors": errors, "counter_gaps": gaps, "longest_gap_ms": 700.0, "increments": 5,
            "connections": 1, "keys": 50}


class Report(unittest.TestCase):
    def report(self, *notes):
        with tempfile.NamedTemporaryFile("w", suffix=".notes", encoding="utf-8") as file:
            file.writelines(json.dumps(note) + "\n" for note in notes)
            file.flush()
            return subprocess.run([sys.executable, REPORT, "--json", file.name], capture_output=True, text=True, check=False)

    def test_ends_with_the_agreed_keys_on_the_last_line(self):
        done = self.report(MOVE, MOVE, check(0), ARCHIVE, check(0), end())
        self.assertEqual(done.returncode, 0, done.stderr)
        facts = json.loads(done.stdout.splitlines()[-1])
        agreed = {"migrations": 2, "client_errors": 0, "keys_lost": 0, "counter_gaps": 0, "downtime_ms": [90.0, 90.0],
                  "total_ms": [1200.0, 1200.0], "longest_client_gap_ms": 700.0}
        self.assertEqual({key: facts[key] for key in agreed}, agreed)

    def test_shows_each_move_and_what_was_lost(self):
        table = self.report(MOVE, check(0), ARCHIVE, check(0), end()).stdout
        self.assertRegex(table, r"A -> B +120 ms +90 ms +1200 ms +1\.0 MiB")
        self.assertRegex(table, r"archive +700 ms +900 ms +2\.0 MiB")
        self.assertRegex(table, r"keys lost +0 of 50")

    def test_fails_for_a_lost_key_and_counts_it_once(self):
        done = self.report(MOVE, check(1), ARCHIVE, check(1), end())
        self.assertEqual(done.returncode, 1)
        self.assertEqual(json.loads(done.stdout.splitlines()[-1])["keys_lost"], 1)
        self.assertIn("1 keys lost", done.stderr)

    def test_fails_for_an_error_of_the_client(self):
        self.assertEqual(self.report(MOVE, check(0), end(errors=1)).returncode, 1)

    def test_fails_for_a_gap_in_the_counter(self):
        self.assertEqual(self.report(MOVE, check(0), end(gaps=1)).returncode, 1)


if __name__ == "__main__":
    unittest.main()
