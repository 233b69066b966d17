#!/usr/bin/env python3
"""Turns the demo's notes (one JSON object a line, see ../../demo) into a table and, if asked, into one line of JSON.

    report.py [--json] NOTES

Exit status 1 if a key was lost, the client saw an error, or an increment came twice or not at all.
"""
import argparse
import json
import sys

HARM = {"keys_lost": "keys lost", "client_errors": "client errors", "counter_gaps": "gaps in the counter"}


def read(path):
    with open(path, encoding="utf-8") as notes:
        return [json.loads(line) for line in notes]


def summary(notes):
    moves = [note for note in notes if note["kind"] == "migration"]
    archives = [note for note in notes if note["kind"] == "archive"]
    end = next(note for note in notes if note["kind"] == "end")
    return {
        "migrations": len(moves),
        "client_errors": end["client_errors"],
        "keys_lost": max(note["keys_lost"] for note in notes if note["kind"] == "check"),  # what is lost once stays lost
        "counter_gaps": end["counter_gaps"],
        "downtime_ms": [move["downtime_ms"] for move in moves],
        "total_ms": [move["total_ms"] for move in moves],
        "longest_client_gap_ms": end["longest_gap_ms"],
        "client_gap_ms": [move["client_gap_ms"] for move in moves],
        "bytes": [move["bytes"] for move in moves],
        "archive_client_gap_ms": [archive["client_gap_ms"] for archive in archives],
        "archive_bytes": [archive["bytes"] for archive in archives],
        "increments": end["increments"],
        "connections": end["connections"],
        "keys": end["keys"],
    }


def table(notes):
    rows = [("", "client's gap", "downtime", "total", "sent")]
    for note in notes:
        if note["kind"] == "migration":
            rows.append((note["name"], ms(note["client_gap_ms"]), ms(note["downtime_ms"]), ms(note["total_ms"]), mib(note["bytes"])))
        if note["kind"] == "archive":
            rows.append((note["name"], ms(note["client_gap_ms"]), "", ms(note["total_ms"]), mib(note["bytes"])))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join([row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]) for row in rows]
    s = summary(notes)
    facts = [
        ("keys lost", f"{s['keys_lost']} of {s['keys']}"),
        ("client errors", s["client_errors"]),
        ("gaps in the counter", f"{s['counter_gaps']} in {s['increments']} increments"),
        ("TCP connections used", s["connections"]),
    ]
    return "\n".join(lines + [""] + [f"{name:22}{fact}" for name, fact in facts])


def ms(value):
    return f"{value:.0f} ms"


def mib(count):
    return f"{count / 2**20:.1f} MiB"


def harm(facts):
    """What should not have happened, as a sentence; empty if all is well."""
    found = [f"{facts[name]} {words}" for name, words in HARM.items() if facts[name] != 0]
    return f"not all went well: {', '.join(found)}" if found else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("notes")
    options = parser.parse_args()
    notes = read(options.notes)
    facts = summary(notes)
    sentence = harm(facts)
    print(table(notes))
    if sentence:
        print(f"demo: {sentence}", file=sys.stderr, flush=True)
    if options.json:
        print(json.dumps(facts))
    return 1 if sentence else 0


if __name__ == "__main__":
    sys.exit(main())
