"""``python -m todoita copy static/todoita``: copies the files that a page loads."""

import argparse
import pathlib
import shutil
import sys

FILES = pathlib.Path(__file__).parent / "django" / "static" / "todoita"


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m todoita", description="The files that a page loads.")
    commands = parser.add_subparsers(dest="command", required=True)
    copy = commands.add_parser("copy", help="copy them into a folder, over those of another version")
    copy.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args(arguments).folder
    if not FILES.is_dir():
        parser.error("this installation was built without them")
    shutil.copytree(FILES, folder, dirs_exist_ok=True)
    count = sum(path.is_file() for path in FILES.rglob("*"))
    print(f"{count} files in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
