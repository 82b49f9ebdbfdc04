"""Files that are either whole or not there."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator

import yaml

from .errors import UserError


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Gives a temporary name beside `path`; renames it into place when the block ends well, removes it otherwise."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part{path.suffix}")
    try:
        yield temporary
        os.replace(temporary, path)
    except OSError as error:
        raise UserError(f"cannot write {path}: {error.strerror or error}", "free some space or choose another "
                        "output folder") from error
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Writes a text file whole, UTF-8."""
    with whole(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def write_json(path: Path, document: Any) -> None:
    """Writes JSON whole: UTF-8, two spaces, final newline."""
    write_text(path, json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def copy(source: Path, target: Path) -> None:
    """Copies a file's bytes whole."""
    with whole(target) as temporary:
        shutil.copyfile(source, temporary)


def read_yaml(path: Path) -> Any:
    """Loads YAML, with the place of a mistake in the message."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"no such file: {path}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UserError(f"{path} is not YAML: {' '.join(str(error).split())}") from None


def read_json(path: Path) -> Any:
    """Loads JSON, with the place of a mistake in the message."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"no such file: {path}") from None
    except ValueError as error:
        raise UserError(f"{path} is not JSON: {error}") from None


def shown(path: Path, base: Path) -> str:
    """A path as written into documents: relative to `base` when inside it, else as given."""
    try:
        return path.relative_to(base).as_posix()
    except ValueError:
        return str(path)
