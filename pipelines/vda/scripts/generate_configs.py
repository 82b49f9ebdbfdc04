"""Draws the augmentation values of each video and writes one configuration per pair, and manifest.yaml.

Usage: generate_configs.py --input-dir DIR --config-dir DIR --output-dir DIR
                           [--n-augmentations N] [--pin variable=value ...]

Python's standard library alone, so that it runs in a plain base image. The draws are those of CPython's random, seeded
with 42 once: the same videos and cookbook give the same values everywhere. Because all pairs share one stream, adding a
video shifts the draws of those behind it.
"""

import argparse
import copy
import hashlib
import os
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import mini_yaml  # noqa: E402

SUFFIXES = (".mp4", ".avi", ".mkv")
NAMES = ("workflow_config.yaml", "input_config.json", "test_config.yaml")
SEED = 42


class ConfigError(Exception):
    """Something the user can put right, in one line."""


def hash31(text):
    """A seed from a text: its SHA-256 modulo 2^31."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2 ** 31


def find_videos(folder):
    """The videos below a folder, sorted by stem; two of one stem are refused."""
    if not os.path.isdir(folder):
        raise ConfigError("no such input folder: %s" % folder)
    found = {}
    for path in sorted(Path(folder).rglob("*")):
        if path.suffix.lower() in SUFFIXES and path.is_file():
            if path.stem in found:
                raise ConfigError("two videos are called %s: %s and %s; rename one"
                                  % (path.stem, found[path.stem], path))
            found[path.stem] = path
            if path.suffix.lower() != ".mp4":
                print("warning: %s is no .mp4: the workers read <video>.mp4, labeling takes mp4, mov and m4v" % path)
    if not found:
        raise ConfigError("no video (%s) in %s" % (", ".join(SUFFIXES), folder))
    return [(stem, found[stem]) for stem in sorted(found)]


def read_yaml(path):
    """Reads YAML or JSON; a mistake is named with its file and line."""
    try:
        return mini_yaml.load(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError("no such file: %s" % path) from None
    except ValueError as error:
        raise ConfigError("%s: %s" % (path, error)) from None


def read_workflow(config_dir):
    """The first of the known configuration files."""
    for name in NAMES:
        path = Path(config_dir) / name
        if path.is_file():
            return read_yaml(path)
    raise ConfigError("none of %s in %s" % (", ".join(NAMES), config_dir))


def draw(variables, rng, pins):
    """One value for each variable, in file order. A pinned value replaces the draw, which is made all the same."""
    chosen = {}
    for name, choices in variables.items():
        if isinstance(choices, dict):
            total = sum(choices.values())
            if abs(total - 1) > 1e-6:
                raise ConfigError("the weights of %s add up to %g, not to 1" % (name, total))
            value = rng.choices(list(choices), weights=list(choices.values()))[0]
        elif isinstance(choices, list):
            value = rng.choice(choices)
        else:
            continue
        if name in pins and pins[name] not in [str(choice) for choice in choices]:
            raise ConfigError("%s cannot be pinned to %s: it has %s" % (name, pins[name], ", ".join(map(str, choices))))
        chosen[name] = pins.get(name, value)
    unknown = sorted(set(pins) - set(chosen))
    if unknown:
        raise ConfigError("no variable %s to pin; this cookbook has %s" % (unknown[0], ", ".join(chosen)))
    return chosen


def merge(base, over):
    """`over` laid on `base`: mappings merge, lists merge item by item, everything else is replaced."""
    if isinstance(base, dict) and isinstance(over, dict):
        result = dict(base)
        for key, value in over.items():
            result[key] = merge(base[key], value) if key in base else value
        return result
    if isinstance(base, list) and isinstance(over, list) and over and isinstance(over[0], dict):
        return [merge(b, o) for b, o in zip(base, over)] + base[len(over):] + over[len(base):]
    return over


def pair_config(base, video, index, path, chosen, output_dir):
    """The configuration of one pair of video and augmentation.

    The container reads augmentation.parameters; the keys under cosmos, template_generation and prompt_generation are
    those of its older schema and are written too. inference_name stays as it is in the base: recovery looks for it.
    """
    out = "%s/%s/aug_%d" % (output_dir, video, index)
    seed = hash31("%s_%d_cosmos" % (video, index))
    targets = {name: [value] for name, value in chosen.items()}
    config = merge(copy.deepcopy(base), {
        "data": [{
            "inputs": {"rgb": str(path), "controls": {"edge": None, "depth": None, "seg": None, "vis": None}},
            "output": {"video": out + "/output.mp4", "caption": out + "/output.txt",
                       "metadata": out + "/metadata.json"},
        }],
        "prompt_generation": {"seed": hash31("%s_%d" % (video, index))},
        "cosmos": {"parameters": {"seed": seed, "inference_name": "%s_aug%d" % (video, index)}},
        "augmentation": {"parameters": {"seed": seed}},
    })
    config.setdefault("template_generation", {})["variables"] = targets
    language = config.get("captioning", {}).get("llm", {})
    if "variables" in language:
        language["variables"] = dict(targets)
    return config


def write(path, text):
    """Writes a file whole."""
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def generate_configs(input_dir, config_dir, output_dir, n_augmentations=None, pins=None):
    """Writes <video>_aug<i>.yaml for each pair and manifest.yaml; gives the manifest."""
    workflow = read_workflow(config_dir)
    section = workflow.get("augmentation") or {}
    base = read_yaml(Path(config_dir) / section.get("config", "augmentation/augmentation.yaml"))
    count = section.get("n_augmentations", 1) if n_augmentations is None else n_augmentations
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise ConfigError("n_augmentations must be a whole number from 1, not %r" % (count,))
    rng = random.Random(SEED)
    out = Path(output_dir)
    out.mkdir(parents=True, exist_ok=True)
    entries = []
    for video, path in find_videos(input_dir):
        for index in range(count):
            chosen = draw(section.get("variables") or {}, rng, pins or {})
            name = "%s_aug%d.yaml" % (video, index)
            (out / video / ("aug_%d" % index)).mkdir(parents=True, exist_ok=True)
            write(out / name, mini_yaml.dump(pair_config(base, video, index, path, chosen, output_dir)))
            entries.append({"video": str(path), "video_name": video, "aug_idx": index, "config": name,
                            "sampled_vars": chosen})
            print("%s aug %d: %s" % (video, index, ", ".join("%s=%s" % item for item in chosen.items())))
    manifest = {"configs": entries, "total": len(entries)}
    write(out / "manifest.yaml", mini_yaml.dump(manifest))
    return manifest


def main():
    """Reads the arguments; 1 with one line when something is wrong."""
    parser = argparse.ArgumentParser(prog="generate_configs.py")
    for name in ("--input-dir", "--config-dir", "--output-dir"):
        parser.add_argument(name, required=True)
    parser.add_argument("--n-augmentations", type=int)
    parser.add_argument("--pin", action="append", default=[], metavar="VARIABLE=VALUE")
    given = parser.parse_args()
    try:
        pins = dict(item.split("=", 1) for item in given.pin if item)
        generate_configs(given.input_dir, given.config_dir, given.output_dir, given.n_augmentations, pins)
    except ConfigError as error:
        print("generate_configs: %s" % error, file=sys.stderr)
        return 1
    except ValueError:
        print("generate_configs: --pin wants variable=value", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
