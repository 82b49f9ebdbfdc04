"""Options of the small programs: --name value, some mandatory, some repeatable."""

from __future__ import annotations

from .errors import USAGE, UserError


def read(program: str, arguments: list[str], needed: tuple[str, ...], optional: tuple[str, ...] = (),
         repeated: tuple[str, ...] = ()) -> dict[str, str | list[str]] | None:
    """The given options by name without dashes; None after --help. Raises UserError with the usage on a mistake."""
    usage = " ".join([f"usage: {program}", *(f"--{name} VALUE" for name in needed),
                      *(f"[--{name} VALUE]" for name in optional), *(f"[--{name} VALUE]..." for name in repeated)])
    if arguments[:1] in (["--help"], ["-h"]):
        print(usage)
        return None
    given: dict[str, str | list[str]] = {name: [] for name in repeated}
    rest = list(arguments)
    while rest:
        name = rest.pop(0).removeprefix("--")
        if name not in (*needed, *optional, *repeated) or not rest:
            raise UserError(f"unknown option or missing value: --{name}", usage, USAGE)
        value = rest.pop(0)
        if name in repeated:
            given[name].append(value)
        else:
            given[name] = value
    missing = [name for name in needed if name not in given]
    if missing:
        raise UserError(f"--{missing[0]} is missing", usage, USAGE)
    return given
