#!/usr/bin/env python3
"""Turns the demo's notes (one JSON object a line, see ../../demo) into a table or into one line of JSON.

    report.py table|json NOTES
"""
import json
import sys


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
        "keys_lost": sum(note["keys_lost"] for note in notes if note["kind"] == "check"),
        "counter_gaps": end["counter_gaps"],
        "downtime_ms": [move["downtime_ms"] for move in moves],
        "total_ms": [move["total_ms"] for move in moves],
        "longest_client_gap_ms": max(move["client_gap_ms"] for move in moves),
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


def main():
    notes = read(sys.argv[2])
    print(table(notes) if sys.argv[1] == "table" else json.dumps(summary(notes)))


if __name__ == "__main__":
    main()
