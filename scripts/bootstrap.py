"""Sets up all the project needs, from any Python 3 with venv: `python3 scripts/bootstrap.py`.

Brings uv into .tools, finds or fetches a Python 3.10, and installs the locked dependencies into
.venv. Written for old interpreters, too: it runs before ours is there.
"""

import glob
import os
import re
import subprocess
import sys

UV = "uv==0.13.9"
# uv's lines about single packages, but for downloads of 10 MB and more.
CHATTER = r" *(\+|Building|Built|Downloaded) |Downloading .*\(\d(\.\d)?[KM]iB\)"
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TOOLS = os.path.join(ROOT, ".tools")


def main():
    """Set up, saying each step; end with one clear sentence when a step fails."""
    uv = os.path.join(TOOLS, "bin", "uv")
    if not works(uv):
        say("Fetching uv, the installer ...")
        run([sys.executable, "-m", "venv", TOOLS])
        run([os.path.join(TOOLS, "bin", "python"), "-m", "pip", "install", "--quiet", UV])
    python = find_python() or "3.10"
    say("Installing the locked dependencies (about 1.5 GB; some minutes the first time) ...")
    run([uv, "sync", "--frozen", "--no-progress", "--python", python], leave_out=CHATTER)


def find_python():
    """Return a Python 3.10 that runs, or None: then uv brings one.

    pyenv's own python3.10 on the PATH is a stub that fails unless 3.10 is active, so the
    versions pyenv has installed are looked up by their path.
    """
    pyenv = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    installed = glob.glob(os.path.join(pyenv, "versions", "3.10.*", "bin", "python3.10"))
    newest_first = sorted(installed, key=patch_number, reverse=True)
    for candidate in ["python3.10"] + newest_first:
        if works(candidate):
            return candidate
    return None


def patch_number(path):
    """Return the third part of the version in pyenv's path; 0 for one with a word in it."""
    version = os.path.basename(os.path.dirname(os.path.dirname(path)))
    last = version.split(".")[-1]
    return int(last) if last.isdigit() else 0


def works(program):
    """Tell whether a program starts."""
    try:
        return (
            subprocess.call(
                [program, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            == 0
        )
    except OSError:
        return False


def run(command, leave_out=None):
    """Run a command in the project's folder; end with its name when it fails.

    Lines that match `leave_out` are not shown: hundreds of names of packages tell nobody
    anything, while the lines about long downloads do.
    """
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True
    )
    for line in process.stdout:
        if not (leave_out and re.match(leave_out, line)):
            say("  " + line.rstrip())
    if process.wait() != 0:
        sys.exit(
            "Setting up failed at: "
            + " ".join(command)
            + "\nMend what it says above, then try again."
        )


def say(sentence):
    """Print a step at once."""
    print(sentence)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
