"""A whole run of the programs: augment, label, export, compare, summarise; twice, byte by byte; and the real clip."""

from support import COOKBOOKS, VDA, InFolder, clip, ffmpeg, run  # first: it sets the search path
import fnmatch
import json
import os
import re
import shutil
import unittest
from pathlib import Path

import yaml
from paidf import detect, labels, media

CLIP = VDA.parent.parent / ".tools/clips/vtest.avi"
REQUIRED = os.environ.get("CI") == "true"


def have_detector():
    return shutil.which("node") is not None and detect.modules() is not None


class Mirror(InFolder):
    """Makes the mirror folder of a run from the programs alone."""

    def check(self, done):
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def make(self, run_id, source, scene="city_traffic", original=False, **selections):
        """One augmentation with its labels (and the original's labels) below <folder>/<run_id>."""
        root = self.folder / run_id
        configs = root / "setup_b0/configs"
        shutil.copytree(COOKBOOKS / scene, configs)
        (root / "input").mkdir()
        shutil.copyfile(source, root / "input/clip.mp4")
        entry = {"video": "clip.mp4", "video_name": "clip", "aug_idx": 0, "config": "clip_aug0.yaml",
                 "sampled_vars": selections}
        (configs / "manifest.yaml").write_text(yaml.safe_dump({"configs": [entry], "total": 1}))
        augmented, tree = root / "outputs/augmented/clip_aug0", root / "outputs/pseudo_labeled_augmented/clip_aug0"
        variables = ",".join(f"{name}: [{value}]" for name, value in selections.items())
        config = self.folder / "aug.yaml"
        base = yaml.safe_load((configs / "augmentation/augmentation.yaml").read_text())
        base["template_generation"] = {"variables": yaml.safe_load(f"{{{variables}}}")}
        base["augmentation"]["parameters"]["seed"] = 11
        config.write_text(yaml.safe_dump(base))
        scene_file = configs / "workflow_config.yaml"
        self.check(run("paidf-augment", "--config", config, "--scene", scene_file, f"data.0.inputs.rgb={source}",
                       f"data.0.output.video={augmented}/augmented_video.mp4"))
        jobs = [(augmented, tree)] + ([(root / "input", root / "outputs/pseudo_labeled/clip")] if original else [])
        for given, out in jobs:
            bank = f"mcq_generation.window_metadata_extraction.question_bank_file={COOKBOOKS / scene}/" \
                   "auto_labeling/question_bank.json"
            self.check(run("paidf-label", "--config", configs / "auto_labeling/auto_labeling_config.yaml", "--scene",
                           scene_file, f"data.0.inputs.video_path={given}", f"data.0.output.out_dir={out}", bank))
        self.check(run("paidf-export", "--labels", tree, "--output", root / "exports/clip_aug0"))
        self.check(run("paidf-compare", "--run-local-dir", root, "--dataset", "demo", "--video", "clip"))
        self.check(run("paidf-summary", "--run-local-dir", root))
        return root


TREE = {"config.yaml", "contextual/instances.json", "contextual/objects.json", "logs/mcq.log", "logs/pipeline.log",
        "logs/sr.log", "logs/tracking.log", "logs/vlm_json.log", "prompts/mcq_prompt.used.md",
        "prompts/prompts.used.json", "prompts/scene_prompt.generated_by_llm.meta.json", "prompts/scene_prompt.used.md",
        "prompts/vlm_verify_prompt.used.md", "raw/augmented_video.mp4", "sidecars/augmented_video_detection.mp4",
        "sidecars/augmented_video_tracking.mp4", "sidecars/augmented_video_tracking_red_id.mp4",
        "sidecars/metadata.json", "sidecars/pipeline_status.json"}


def listing(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


class Drawn(Mirror):
    def test_a_run_leaves_the_exact_tree_and_repeats_byte_by_byte(self):
        source = clip(self.folder / "source/clip.mp4", frames=8)
        first = self.make("one", source, weather="rain", time_of_day="evening")
        tree = listing(first / "outputs/pseudo_labeled_augmented/clip_aug0")
        self.assertEqual(tree - {"task/mcq.json", "task/bcq.json", "sidecars/mcq.empty.json"}, TREE)
        self.assertTrue(tree & {"task/mcq.json", "task/bcq.json", "sidecars/mcq.empty.json"})
        self.assertEqual(listing(first / "outputs/augmented/clip_aug0"), {
            "augmented_video.mp4", "metadata.json", "caption.txt", "controls/edge.mp4", "controls/vis.mp4"})
        second = self.make("two", source, weather="rain", time_of_day="evening")
        self.assertEqual(listing(first), listing(second))
        for name in sorted(listing(first)):
            self.assertEqual(self.stable(first, name), self.stable(second, name), name)

    def stable(self, root, name):
        """A file's content without what volatile.json lists and without the run's own folder in paths."""
        volatile = json.loads((VDA / "volatile.json").read_text())
        data = (root / name).read_bytes()
        for pattern, fields in volatile["files"].items():
            if fnmatch.fnmatch(name, pattern):
                document = json.loads(data)
                for field in fields:
                    *way, last = field.split(".")
                    part = document
                    for step in way:
                        part = part.get(step, {})
                    part.pop(last, None)
                data = json.dumps(document).encode()
        for pattern, lines in volatile["lines"].items():
            if fnmatch.fnmatch(name, pattern):
                kept = [line for line in data.decode().splitlines() if not any(re.search(l, line) for l in lines)]
                data = "\n".join(kept).encode()
        return data.replace(str(root).encode(), b"RUN") if name.endswith("config.yaml") else data

    def test_without_the_detector_the_labels_say_so_and_hold_no_vehicle(self):
        source = clip(self.folder / "clip.mp4", frames=6)
        out = self.folder / "labels"
        done = run("paidf-label", "--config", COOKBOOKS / "city_traffic/auto_labeling/auto_labeling_config.yaml",
                   f"data.0.inputs.video_path={source}", f"data.0.output.out_dir={out}",
                   CAIRN_NODE_MODULES="/nonexistent")
        self.check(done)
        tree = labels.read(out)
        self.assertEqual((tree.status["status"], tree.status["method"]), ("completed_degraded", "hog-people"))
        self.assertIn("tracking", tree.status["degraded_stages"])
        self.assertLessEqual(set(tree.tracks_per_class), {"person", "moving_object"})

    def test_under_policy_fail_a_degraded_stage_is_a_failure(self):
        done = run("paidf-label", "--config", COOKBOOKS / "piazza/auto_labeling/auto_labeling_config.yaml",
                   f"data.0.inputs.video_path={clip(self.folder / 'clip.mp4', frames=3)}",
                   f"data.0.output.out_dir={self.folder}/out", "pipeline.empty_output_policy=fail",
                   CAIRN_NODE_MODULES="/nonexistent")
        self.assertEqual(done.returncode, 1)
        self.assertIn("degraded stages under policy fail: tracking", done.stderr)

    def test_a_comparison_without_its_input_says_what_is_missing(self):
        done = run("paidf-compare", "--run-local-dir", self.folder, "--dataset", "d", "--video", "clip")
        self.assertEqual(done.returncode, 1)
        self.assertIn("input/clip.mp4 is missing", done.stderr)


class RealClip(Mirror):
    """Seconds 10 to 12 of the real clip with the real detector."""

    def test_people_and_vehicles_are_found_tracked_and_kept_through_augmentation(self):
        if not (CLIP.is_file() and have_detector()):
            if REQUIRED:
                self.fail("the clip or the detector is not installed: run pipelines/vda/setup")
            self.skipTest("the clip or the detector is not installed: run pipelines/vda/setup")
        source = self.folder / "clip.mp4"
        ffmpeg("-ss", 10, "-t", 2, "-i", CLIP, "-c:v", "libvpx-vp9", "-crf", "20", "-b:v", "0", "-deadline", "realtime",
               "-cpu-used", "8", source)
        root = self.make("real", source, original=True, weather="overcast", time_of_day="morning")
        tree = labels.read(root / "outputs/pseudo_labeled_augmented/clip_aug0")
        self.assertEqual(tree.status["stages"]["tracking"]["status"], "completed")
        self.assertFalse(tree.status["stages"]["tracking"]["degraded"])
        self.assertEqual(tree.status["method"], "centernet-cpu")
        self.assertGreaterEqual(tree.tracks_per_class.get("person", 0), 5)
        self.assertGreaterEqual(tree.tracks_per_class.get("truck", 0) + tree.tracks_per_class.get("car", 0), 1)
        document = json.loads((root / "summary.json").read_text())
        self.assertEqual(document["status"], "completed_degraded")
        pair, = document["augmentations"]
        self.assertGreater(pair["box_drift"]["matched_share"], 0.6)
        self.assertLess(pair["box_drift"]["mean_shift_px"], 4)
        self.assertTrue(pair["hallucination"]["passed"])
        shown = media.probe(root / pair["media"]["comparison"])
        self.assertEqual((shown.height, shown.frames), (720, media.probe(source).frames))
        self.assertTrue(Path(root / pair["labels"]["exports"]["coco.json"]).is_file())


if __name__ == "__main__":
    unittest.main()
