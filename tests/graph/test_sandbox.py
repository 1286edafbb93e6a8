"""The sandbox, in a process of its own: what is closed is closed, and what queries need stays open."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph import sandbox

ROOT = Path(sandbox.__file__).resolve().parent.parent
PROGRAM = """
import json, os, pathlib, socket, subprocess, sys, threading
sys.path.insert(0, sys.argv[1])
from graph import sandbox
folder = pathlib.Path(sys.argv[2])
missing = sandbox.enter([folder])
inside = folder / "inside.txt"
attempts = {
    "socket": lambda: socket.socket(),
    "socketpair": lambda: socket.socketpair(),
    "resolve": lambda: socket.getaddrinfo("localhost", 80),
    "create": lambda: open(folder / "new.txt", "w"),
    "append": lambda: open(inside, "a"),
    "truncate": lambda: os.truncate(inside, 0),
    "remove": lambda: os.remove(inside),
    "rename": lambda: os.rename(inside, folder / "other.txt"),
    "mkdir": lambda: os.mkdir(folder / "new"),
    "chmod": lambda: os.chmod(inside, 0o777),
    "link": lambda: os.link(inside, folder / "link"),
    "run": lambda: subprocess.run(["true"]),
    "fork": lambda: os.fork(),
    "kill": lambda: os.kill(os.getppid(), 0),
    "outside": lambda: open("/etc/hostname").read(),
    "thread": lambda: in_thread(socket.socket),
    "read": lambda: inside.read_text(),
    "list": lambda: sorted(p.name for p in folder.iterdir()),
}
def in_thread(action):
    said = []
    def act():
        try:
            said.append(action())
        except OSError as error:
            said.append(error)
    thread = threading.Thread(target=act)
    thread.start()
    thread.join()
    if isinstance(said[0], OSError):
        raise said[0]
done = {}
for name, attempt in attempts.items():
    try:
        done[name] = str(attempt())
    except OSError as error:
        done[name] = f"refused {error.errno}"
print(json.dumps({"missing": missing, "done": done}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], dict[str, str], Path]:
    folder = tmp_path_factory.mktemp("sandbox")
    (folder / "inside.txt").write_text("kept")
    ran = subprocess.run([sys.executable, "-c", PROGRAM, str(ROOT), str(folder)], capture_output=True, text=True,
                         check=True)
    said = json.loads(ran.stdout)
    return said["missing"], said["done"], folder


CLOSED_BY_SECCOMP = ("socket", "socketpair", "resolve", "chmod", "run", "fork", "kill", "thread", "create", "append",
                     "truncate", "remove", "rename", "mkdir", "link")


@pytest.mark.parametrize("attempt", CLOSED_BY_SECCOMP)
def test_what_reaches_out_or_writes_is_refused(told: tuple[list[str], dict[str, str], Path], attempt: str) -> None:
    missing, done, folder = told
    if "seccomp" in missing:
        pytest.skip("this kernel has no seccomp")
    assert done[attempt].startswith(("refused", "[Errno"))
    assert [p.name for p in folder.iterdir()] == ["inside.txt"]
    assert (folder / "inside.txt").read_text() == "kept"


def test_only_the_given_folder_can_be_read(told: tuple[list[str], dict[str, str], Path]) -> None:
    missing, done, _ = told
    if "landlock" in missing:
        pytest.skip("this kernel has no Landlock")
    assert done["outside"].startswith("refused")
    assert done["read"] == "kept"
    assert done["list"] == "['inside.txt']"
