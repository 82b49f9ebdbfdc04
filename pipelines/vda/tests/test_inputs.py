"""The programs as their users run them: odd videos, bad videos, nothing half-written."""

from support import COOKBOOKS, InFolder, clip, ffmpeg, run  # first: it sets the search path
import json
import unittest

import yaml
from paidf import media
from paidf.errors import UserError

NO_NODE = {"CAIRN_NODE_MODULES": "/nonexistent"}


class Odd(InFolder):
    """Videos that are unusual and right."""

    def augment(self, source, **selections):
        config = {"data": [{"inputs": {"rgb": str(source)}, "output": {"video": str(self.folder / "out/a.mp4")}}],
                  "template_generation": {"variables": {k: [v] for k, v in selections.items()}},
                  "evaluators": [{"name": "hallucination_check"}, {"name": "attribute_verification"}]}
        (self.folder / "c.yaml").write_text(yaml.safe_dump(config))
        return run("paidf-augment", "--config", self.folder / "c.yaml")

    def shape(self, path):
        video = media.probe(path)
        return video.width, video.height, video.frames

    def kept(self, source):
        done = self.augment(source, time_of_day="evening")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.shape(self.folder / "out/a.mp4"), self.shape(source))
        return json.loads((self.folder / "out/metadata.json").read_text())

    def test_a_portrait_video_stays_portrait(self):
        self.kept(clip(self.folder / "p.mp4", frames=5, size=(90, 160)))

    def test_a_video_of_one_frame_a_second(self):
        self.kept(clip(self.folder / "s.mp4", frames=4, rate="1"))

    def test_a_single_frame(self):
        self.assertEqual(self.kept(clip(self.folder / "one.mp4", frames=1))["hallucination_check"]["score"], 1.0)

    def test_a_path_with_spaces_and_unicode(self):
        self.kept(clip(self.folder / "mein Überblick 你好/a clip.mp4", frames=4))

    def test_a_rotated_phone_video_is_upright(self):
        clip(self.folder / "r.mp4", frames=3)
        ffmpeg("-i", self.folder / "r.mp4", "-c", "copy", "-metadata:s:v:0", "rotate=90", self.folder / "t.mp4")
        self.assertEqual(self.shape(self.folder / "t.mp4"), (120, 160, 3))
        self.kept(self.folder / "t.mp4")

    def test_a_4k_frame(self):
        self.kept(clip(self.folder / "k.mp4", frames=1, size=(3840, 2160)))

    def test_metadata_tells_what_was_done_and_that_nothing_was_generated(self):
        document = self.kept(clip(self.folder / "m.mp4"))
        self.assertEqual((document["engine"], document["generative"], document["caption_source"]),
                         ("embedded-cpu", False, "template"))
        self.assertEqual(document["control_media"], {"edge": "controls/edge.mp4", "depth": None, "seg": None,
                                                     "vis": "controls/vis.mp4"})
        self.assertIn("time_evening", document["transform"]["params"])
        self.assertEqual(self.shape(self.folder / "out/controls/edge.mp4"), (160, 120, 12))

    def test_a_failed_check_is_tried_again_with_the_next_seed_and_kept(self):
        config = yaml.safe_load((COOKBOOKS / "city_traffic/augmentation/augmentation.yaml").read_text())
        config["evaluators"][0]["threshold"] = 1.01
        config["data"] = [{"inputs": {"rgb": str(clip(self.folder / "x.mp4"))},
                           "output": {"video": str(self.folder / "out/a.mp4")}}]
        config["template_generation"] = {"variables": {"weather": ["clear"]}}
        config["augmentation"]["parameters"]["seed"] = 40
        (self.folder / "c.yaml").write_text(yaml.safe_dump(config))
        done = run("paidf-augment", "--config", self.folder / "c.yaml")
        self.assertEqual(done.returncode, 0, done.stderr)
        report = json.loads((self.folder / "out/metadata.json").read_text())
        self.assertEqual({key: report["hallucination_check"][key] for key in ("passed", "attempt", "seed_used")},
                         {"passed": False, "attempt": 1, "seed_used": 41})
        self.assertNotIn("attribute_verification", report)
        self.assertTrue((self.folder / "out/a.mp4").is_file())


class Bad(InFolder):
    """Videos that cannot be used: one clear line, a hint, exit 1, nothing left."""

    def refused(self, source, text):
        for program, key in (("paidf-augment", "data.0.inputs.rgb"), ("paidf-label", "data.0.inputs.video_path")):
            (self.folder / "c.yaml").write_text("data: [{inputs: {}, output: {}}]\n")
            out = self.folder / "out"
            done = run(program, "--config", self.folder / "c.yaml", f"{key}={source}",
                       f"data.0.output.video={out}/a.mp4", f"data.0.output.out_dir={out}", **NO_NODE)
            self.assertEqual(done.returncode, 1)
            self.assertRegex(done.stderr, rf"^{program}: .*{text}")
            self.assertNotIn("Traceback", done.stderr)
            self.assertFalse(out.exists())

    def test_a_missing_video(self):
        self.refused(self.folder / "none.mp4", "no video in")

    def test_a_zero_byte_video(self):
        (self.folder / "z.mp4").touch()
        self.refused(self.folder / "z.mp4", r"is empty \(0 bytes\)")

    def test_a_file_that_is_no_video(self):
        (self.folder / "t.mp4").write_text("hello " * 500)
        self.refused(self.folder / "t.mp4", "cannot be read as a video")

    def test_a_cut_off_video(self):
        whole = clip(self.folder / "w.mp4", frames=30).read_bytes()
        (self.folder / "cut.mp4").write_bytes(whole[:len(whole) // 3])
        self.refused(self.folder / "cut.mp4", "cannot be read as a video")

    def test_a_file_with_sound_only(self):
        ffmpeg("-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac", self.folder / "s.mp4")
        self.refused(self.folder / "s.mp4", r"holds no video stream \(only audio\)")

    def test_a_video_without_frames(self):
        ffmpeg("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=10", "-frames:v", "0", "-c:v", "mpeg4",
               self.folder / "e.avi")
        self.refused(self.folder / "e.avi", "holds no frames|cannot be read|holds no video stream")

    def test_a_value_without_a_transform_is_refused_before_any_frame(self):
        (self.folder / "c.yaml").write_text("template_generation: {variables: {weather: [snow]}}\n")
        source = clip(self.folder / "a.mp4")
        done = run("paidf-augment", "--config", self.folder / "c.yaml", f"data.0.inputs.rgb={source}",
                   f"data.0.output.video={self.folder}/out/a.mp4")
        self.assertEqual(done.returncode, 1)
        self.assertIn("no transform for weather 'snow'", done.stderr)
        self.assertIn("hint: it knows clear, overcast, rain", done.stderr)

    def test_usage_errors_exit_2(self):
        for program in ("paidf-augment", "paidf-label", "paidf-compare", "paidf-export", "paidf-summary"):
            done = run(program, "--colour", "red")
            self.assertEqual((program, done.returncode), (program, 2))
            self.assertIn("usage:", done.stderr)

    def test_every_nth_must_be_a_number(self):
        with self.assertRaisesRegex(UserError, "every_nth must be auto or a whole number"):
            from paidf.label import every_nth
            every_nth(None, "often")


if __name__ == "__main__":
    unittest.main()
