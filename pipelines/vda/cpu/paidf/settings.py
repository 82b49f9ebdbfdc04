"""Configuration files and the `dotted.path=value` overrides of the command line."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from . import files
from .errors import USAGE, UserError


def load(config: Path, overrides: list[str]) -> dict[str, Any]:
    """Reads the configuration and lays the overrides over it, in order."""
    document = files.read_yaml(config)
    if not isinstance(document, dict):
        raise UserError(f"{config} holds no mapping", "see cookbooks/*/augmentation/augmentation.yaml for the shape")
    for item in overrides:
        key, separator, text = item.partition("=")
        if not separator or not key:
            raise UserError(f"override {item!r} is not key=value", "for example data.0.inputs.rgb=clip.mp4", USAGE)
        put(document, key.split("."), yaml.safe_load(text) if _is_scalar(text) else text)
    return document


def _is_scalar(text: str) -> bool:
    """True for words that YAML reads as a boolean, null or number; paths and URLs stay text."""
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError:
        return False
    return value is None or isinstance(value, (bool, int, float))


def put(document: Any, path: list[str], value: Any) -> None:
    """Sets a dotted path; a number indexes a list, missing mappings and the next list item are made."""
    for position, part in enumerate(path[:-1]):
        empty: Any = [] if path[position + 1].isdigit() else {}
        document = _step(document, part, empty)
    if isinstance(document, list):
        index = int(path[-1])
        document[index:index + 1] = [value]
    else:
        document[path[-1]] = value


def _step(document: Any, part: str, empty: Any) -> Any:
    if isinstance(document, list):
        if not part.isdigit() or int(part) > len(document):
            raise UserError(f"override index {part!r} is outside a list of {len(document)}", code=USAGE)
        if int(part) == len(document):
            document.append(empty)
        return document[int(part)]
    if not isinstance(document.get(part), (dict, list)):
        document[part] = empty
    return document[part]


def get(document: Any, path: str, default: Any = None) -> Any:
    """Reads a dotted path, or gives the default where it is absent or null."""
    for part in path.split("."):
        if isinstance(document, list) and part.isdigit() and int(part) < len(document):
            document = document[int(part)]
        elif isinstance(document, dict) and part in document:
            document = document[part]
        else:
            return default
    return default if document is None else document


def of_fields(kind: type, config: dict[str, Any]) -> dict[str, Any]:
    """What a mapping sets of a dataclass's fields; absent and null entries are left to the defaults."""
    names = (field.name for field in fields(kind))
    return {name: config[name] for name in names if config.get(name) is not None}
