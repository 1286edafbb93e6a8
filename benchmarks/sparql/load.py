"""Twenty users at once, one query in ten heavy: how long light queries take, and which errors there are.

    python -m benchmarks.sparql.load GRAPH [--users 20] [--seconds 60] [--timeout 10] > load.json

GRAPH is one that `benchmarks.sparql.run` made. A user asks one query after the other, without a pause; heavy ones never
end by themselves, and each is written in its own way, so that nothing can know it again.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path

from benchmarks.sparql.run import ROOT, environment, wait_for

PORT = 8793
ADDRESS = f"http://127.0.0.1:{PORT}/sparql"
HEAVY = "SELECT (COUNT(*) AS ?n{0}) WHERE {{ ?a{0} ?b ?c . ?d ?e ?f . ?g ?h ?i }}"
LIGHT = (
    "SELECT ?label WHERE {{ objective:{0} skos:prefLabel ?label }}",
    "SELECT ?quote WHERE {{ ?s a gcm:Commitment ; gcm:objective objective:{0} ; gcm:evidence/oa:hasSelector/oa:exact "
    "?quote }} LIMIT 20",
    "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s a gcm:Recommendation ; gcm:objective objective:{0} }}",
    "ASK {{ ?d gcm:documentAddresses objective:{0} }}",
)
HEAVY_SHARE = 0.1


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("graph", type=Path)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--timeout", type=float, default=10.0)
    given = parser.parse_args()
    program = [sys.executable, "-m", "benchmarks.sparql.own_endpoint", str(given.graph), str(PORT), str(given.timeout)]
    server = subprocess.Popen(program, cwd=ROOT)
    try:
        wait_for(ADDRESS)
        answers = asked(given.users, given.seconds)
        alive = server.poll() is None
    finally:
        server.kill()
    light = sorted(seconds for heavy, status, seconds in answers if not heavy and status == 200)
    print(json.dumps({
        "environment": environment(), "users": given.users, "seconds": given.seconds, "server_alive": alive,
        "light": {"answered": len(light), "median_s": round(statistics.median(light), 4),
                  "p95_s": round(light[int(0.95 * len(light))], 4), "largest_s": round(light[-1], 4)},
        "light_status": Counter(status for heavy, status, _ in answers if not heavy),
        "heavy_status": Counter(status for heavy, status, _ in answers if heavy),
    }, indent=1))


def asked(users: int, seconds: float) -> list[tuple[bool, int, float]]:
    """(heavy, status, seconds) of every query of all users."""
    answers: list[tuple[bool, int, float]] = []
    until = time.monotonic() + seconds

    def user(number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - a load, no secret
        while time.monotonic() < until:
            heavy = chance.random() < HEAVY_SHARE
            template = HEAVY if heavy else chance.choice(LIGHT)
            query = template.format(chance.randrange(10**6) if heavy else chance.randint(1, 23))
            started = time.monotonic()
            status = fetched(query)
            answers.append((heavy, status, time.monotonic() - started))

    threads = [threading.Thread(target=user, args=(number,)) for number in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def fetched(query: str) -> int:
    """The status of one request; 0 where the connection broke."""
    try:
        with urllib.request.urlopen(f"{ADDRESS}?{urllib.parse.urlencode({'query': query})}", timeout=60) as answer:  # noqa: S310
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.read()
        return error.code
    except OSError:
        return 0


if __name__ == "__main__":
    main()
