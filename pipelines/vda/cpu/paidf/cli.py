"""Command lines of the programs: --config, --scene, options of their own, then overrides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import files, settings
from .errors import USAGE, UserError


def read(program: str, arguments: list[str], options: dict[str, str]) -> dict[str, Any] | None:
    """The configuration that the arguments describe; None after --help.

    options maps an option of the program to the dotted path that it sets. --scene FILE takes the mapping `scene` of a
    workflow_config.yaml.
    """
    names = " ".join(f"[{name} VALUE]" for name in options)
    usage = f"usage: {program} --config FILE [--scene FILE] {names} [dotted.path=value ...]"
    if arguments[:1] in (["--help"], ["-h"]):
        print(usage)
        return None
    given: dict[str, str] = {}
    rest = list(arguments)
    while rest and rest[0].startswith("--"):
        name = rest.pop(0)
        if name not in ("--config", "--scene", *options) or not rest:
            raise UserError(f"unknown option or missing value: {name}", usage, USAGE)
        given[name] = rest.pop(0)
    if "--config" not in given:
        raise UserError("--config is missing", usage, USAGE)
    overrides = [f"{options[name]}={value}" for name, value in given.items() if name in options]
    config = settings.load(Path(given["--config"]), overrides + rest)
    if "--scene" in given:
        config["scene"] = (files.read_yaml(Path(given["--scene"])) or {}).get("scene", {})
    return config
