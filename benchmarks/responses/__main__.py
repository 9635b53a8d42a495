"""The commands."""

import argparse
import sys
from pathlib import Path

from responses import compare, stage


def main() -> int:
    """Run one command; 1 when a comparison found something."""
    parser = argparse.ArgumentParser(prog="responses", description=sys.modules["responses"].__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, places in stage.COMMANDS.items():
        command = commands.add_parser(name)
        for place in places:
            command.add_argument(place, type=Path)
        if name == "capture":
            command.add_argument("--only", default="", help="only answers whose name has this regular expression")
            command.add_argument("--sample", type=int, default=1, help="only every n-th question")
    look = commands.add_parser("compare")
    look.add_argument("old", type=Path)
    look.add_argument("new", type=Path)
    look.add_argument("--lines", type=int, default=30, help="lines shown of each difference")
    look.add_argument("--places", type=int, default=4, help="places named for each difference")
    look.add_argument("--ignore-space", action="store_true", help="white space anywhere is no difference")
    asked = parser.parse_args()
    if asked.command == "compare":
        told = {"lines": asked.lines, "places": asked.places, "ignore_space": asked.ignore_space}
        return compare.show(asked.old, asked.new, **told)
    options = {"only": asked.only, "sample": asked.sample} if asked.command == "capture" else {}
    stage.run(asked.command, [getattr(asked, place).resolve() for place in stage.COMMANDS[asked.command]], **options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
