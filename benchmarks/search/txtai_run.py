"""txtai's hybrid search, in an environment of its own: a task as JSON on stdin, rows by query as JSON on stdout."""

from __future__ import annotations

import json
import sys


def main() -> None:
    """Index the texts, search every query, print the rows found."""
    from txtai import Embeddings  # not a dependency of this project

    task = json.load(sys.stdin)
    embeddings = Embeddings(path=task["model"], hybrid=True, content=False)
    embeddings.index(list(enumerate(task["texts"])))
    found = {query: [int(row) for row, _ in embeddings.search(query, 50)] for query in task["queries"]}
    print("\n" + json.dumps(found))


if __name__ == "__main__":
    main()
