"""Fills a model cache for the GPU engine. Needs the network and the package huggingface_hub.

Usage: download_model_cache.py cosmos DIR | labeling DIR

  cosmos    DIR/hub/models--*     the generator and what it needs, in Hugging Face's own layout; links become copies,
                                  because object stores keep no links. Revisions: COSMOS_REVISION (default main).
  labeling  DIR/{seedvr2,rfdetr,reid}/   SEEDVR_VARIANT is none, 3b, 7b (default) or 7b_sharp; RFDETR_URL and REID_URL
                                  name the two files that are no Hugging Face models (an empty URL leaves that one out).
"""

import os
import shutil
import sys
import urllib.request
from pathlib import Path

CHECKPOINTS = ("general/edge", "general/depth", "general/blur", "general/seg", "auto/multiview")
SNAPSHOTS = ("nvidia/Cosmos-Reason1-7B", "nvidia/Cosmos-Guardrail1", "Qwen/Qwen3Guard-Gen-0.6B",
             "google/siglip-so400m-patch14-384", "google/siglip2-so400m-patch16-naflex")
SEEDVR = dict([("3b", ("ByteDance-Seed/SeedVR2-3B", "seedvr2_ema_3b.pth")),
               ("7b", ("ByteDance-Seed/SeedVR2-7B", "seedvr2_ema_7b.pth")),
               ("7b_sharp", ("ByteDance-Seed/SeedVR2-7B", "seedvr2_ema_7b_sharp.pth"))])


def replace_links(folder):
    """Every link below the folder becomes a copy of what it points to."""
    for path in sorted(Path(folder).rglob("*")):
        if path.is_symlink():
            target = path.resolve()
            path.unlink()
            if target.is_dir():
                shutil.copytree(target, path)
            else:
                shutil.copyfile(target, path)


def cosmos(folder):
    """The generator: single checkpoints of two repositories, whole snapshots of the others."""
    from huggingface_hub import snapshot_download
    revision = os.environ.get("COSMOS_REVISION") or "main"
    hub = folder / "hub"
    patterns = ["%s/*bf16*" % name for name in CHECKPOINTS]
    snapshot_download("nvidia/Cosmos-Transfer2.5-2B", revision=revision, cache_dir=hub, allow_patterns=patterns)
    snapshot_download("nvidia/Cosmos-Predict2.5-2B", revision=revision, cache_dir=hub,
                      allow_patterns=["tokenizer.pth", "base/pre-trained/*_ema_bf16.pt"])
    for name in SNAPSHOTS:
        snapshot_download(name, cache_dir=hub)
    replace_links(hub)


def fetch(url, path, timeout):
    """Downloads a file unless it is there; a part of one never has its name."""
    if path.exists():
        print("present: %s" % path)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".partial")
    with urllib.request.urlopen(url, timeout=timeout) as answer, open(part, "wb") as out:
        shutil.copyfileobj(answer, out)
    part.rename(path)
    print("downloaded: %s" % path)


def labeling(folder):
    """Super resolution weights of one variant, the detector's and the re-identification's."""
    variant = os.environ.get("SEEDVR_VARIANT") or "7b"
    if variant != "none" and variant not in SEEDVR:
        sys.exit("SEEDVR_VARIANT %r is none of: none, %s" % (variant, ", ".join(SEEDVR)))
    if variant != "none":
        from huggingface_hub import hf_hub_download
        repository, weights = SEEDVR[variant]
        for name in ("ema_vae.pth", weights):
            hf_hub_download(repository, name, local_dir=folder / "seedvr2")
    for name, target, timeout in (("REID_URL", "reid/clip_vehicleid.pt", 120),
                                  ("RFDETR_URL", "rfdetr/rf-detr-base.pth", 300)):
        url = os.environ.get(name)
        if url:
            fetch(url, folder / target, timeout)
        else:
            print("%s is not set: %s is left out; put the file there by hand" % (name, target))


def main():
    """Reads the two arguments."""
    if len(sys.argv) != 3 or sys.argv[1] not in ("cosmos", "labeling"):
        sys.exit("usage: download_model_cache.py cosmos|labeling DIR")
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    dict(cosmos=cosmos, labeling=labeling)[sys.argv[1]](folder)


if __name__ == "__main__":
    main()
