"""The programs as their users run them: odd videos, bad videos, nothing half-written."""

from support import COOKBOOKS, CPU, InFolder, clip, ffmpeg, run, subprocess  # first: it sets the search path
import json
import unittest
from fractions import Fraction
from pathlib import Path

import yaml
from paidf import media
from paidf.errors import UserError
from paidf.label import every_nth

NO_NODE = {"CAIRN_NODE_MODULES": "/nonexistent"}


class Odd(InFolder):
    """Videos that are unusual and right."""

    def augment(self, source, evaluators=("hallucination_check", "attribute_verification"), **selections):
        config = {"data": [{"inputs": {"rgb": str(source)}, "output": {"video": str(self.folder / "out/a.mp4")}}],
                  "template_generation": {"variables": {k: [v] for k, v in selections.items()}},
                  "evaluators": [{"name": name} for name in evaluators]}
        (self.folder / "c.yaml").write_text(yaml.safe_dump(config))
        return run("paidf-augment", "--config", self.folder / "c.yaml")

    def shape(self, path):
        video = media.probe(path)
        return video.width, video.height, video.frames

    def kept(self, source, **more):
        done = self.augment(source, time_of_day="evening", **more)
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
        self.kept(clip(self.folder / "k.mp4", frames=1, size=(3840, 2160)), evaluators=())

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

    def test_long_videos_are_detected_at_five_frames_a_second_or_more(self):
        def shape(frames, fps):
            return every_nth(media.Video(Path("x"), 64, 64, Fraction(fps), (0.0,) * frames, ""), "auto")
        self.assertEqual([shape(100, 10), shape(900, 30), shape(2700, 30), shape(90000, 30), shape(5000, 2)],
                         [1, 1, 3, 6, 1])

    def test_every_nth_must_be_a_number(self):
        with self.assertRaisesRegex(UserError, "every_nth must be auto or a whole number"):
            every_nth(None, "often")


class Ingest(InFolder):
    """A user's file on its way into the dataset."""

    def ingest(self, source, *more):
        done = run("paidf-ingest", "--input", source, "--output-dir", self.folder / "set", *more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.split()[1], media.probe(next((self.folder / "set").glob("*.mp4")))

    def test_an_mp4_is_copied_byte_by_byte(self):
        source = clip(self.folder / "a.mp4")
        self.assertEqual(self.ingest(source)[0], "copied")
        self.assertEqual((self.folder / "set/a.mp4").read_bytes(), source.read_bytes())

    def test_an_mkv_is_rewrapped_without_touching_its_pictures(self):
        how, made = self.ingest(clip(self.folder / "a.mkv"))
        self.assertEqual((how, made.codec, made.frames), ("rewrapped", "mpeg4", 12))

    def test_a_codec_that_mp4_does_not_take_is_converted(self):
        how, made = self.ingest(clip(self.folder / "a.avi", codec=("-c:v", "msmpeg4v3", "-q:v", "2")))
        self.assertEqual((how, made.codec, made.frames), ("converted", "vp9", 12))

    def test_a_part_is_cut_out_to_the_frame(self):
        how, made = self.ingest(clip(self.folder / "a.mp4", frames=30), "--start", "1", "--seconds", "1.5")
        self.assertEqual((how, made.frames), ("converted", 15))

    def test_a_name_becomes_a_stem_that_graphs_take(self):
        from paidf.ingest import stem_of
        self.assertEqual([stem_of(name) for name in ("Mein Überblick (1).MOV", "2024-05 road.mp4", "你好.mp4")],
                         ["Mein-berblick-1", "clip-2024-05-road", "clip"])

    def test_a_start_behind_the_end_is_refused(self):
        done = run("paidf-ingest", "--input", clip(self.folder / "a.mp4"), "--output-dir", self.folder, "--start", "9")
        self.assertEqual(done.returncode, 2)
        self.assertIn("lies behind the end", done.stderr)


class Interrupted(InFolder):
    def test_a_stopped_program_leaves_no_part_of_a_file(self):
        source = clip(self.folder / "in/a.mp4", frames=300, size=(320, 240))
        config = self.folder / "c.yaml"
        config.write_text(f"data: [{{inputs: {{rgb: '{source}'}}, output: {{video: '{self.folder}/out/a.mp4'}}}}]\n"
                          "template_generation: {variables: {weather: [rain]}}\n")
        program = subprocess.Popen([str(CPU / "bin/paidf-augment"), "--config", str(config)], text=True,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.assertIn("progress: augment 1/300", program.stderr.readline())
        program.terminate()
        program.stderr.read()
        program.stderr.close()
        self.assertEqual(program.wait(), 130)
        self.assertEqual([path for path in (self.folder / "out").rglob("*") if path.is_file()], [])

    def test_without_ffmpeg_the_programs_say_how_to_get_it(self):
        done = run("paidf-augment", "--config", COOKBOOKS / "piazza/augmentation/augmentation.yaml",
                   f"data.0.inputs.rgb={clip(self.folder / 'a.mp4', frames=1)}",
                   f"data.0.output.video={self.folder}/b.mp4", PATH="/nonexistent")
        self.assertEqual(done.returncode, 3)
        self.assertIn("hint: run pipelines/vda/setup", done.stderr)


if __name__ == "__main__":
    unittest.main()
