"""Augmentation: what each look does to light, and what it never touches."""

from support import InFolder, clip, cv2, street  # first: it sets the search path
import unittest
from fractions import Fraction

import numpy as np
from paidf import encode, files, hallucination, media, photometry, transform, verification
from paidf.errors import UserError


def light(frame):
    return photometry.measure(frame)


class Looks(unittest.TestCase):
    def setUp(self):
        self.source = street()

    def look(self, seed=7, number=0, **selections):
        size = (self.source.shape[1], self.source.shape[0])
        return transform.Transform(selections, size, seed).frame(self.source, number)

    def test_evening_is_darker_and_warmer(self):
        before, after = light(self.source), light(self.look(time_of_day="evening"))
        self.assertLess(after.luma, before.luma * 0.7)
        self.assertGreater(after.warmth / after.luma, before.warmth / before.luma)

    def test_midday_is_brighter_and_morning_is_warmer(self):
        before = light(self.source)
        self.assertGreater(light(self.look(time_of_day="midday")).luma, before.luma)
        self.assertGreater(light(self.look(time_of_day="morning")).warmth, before.warmth + 10)

    def test_overcast_takes_colour_and_contrast(self):
        before, after = light(self.source), light(self.look(weather="overcast"))
        self.assertLess(after.saturation, before.saturation * 0.7)
        self.assertLess(after.contrast, before.contrast * 0.85)

    def test_rain_is_darker_than_overcast_and_mirrors_on_the_road(self):
        flat, wet = self.look(weather="overcast"), self.look(weather="rain")
        self.assertLess(light(wet).luma, light(flat).luma * 0.92)
        road = slice(self.source.shape[0] * 2 // 3, None)
        self.assertGreater(wet[road].std(), flat[road].std() + 3)

    def test_dim_is_darker_and_bright_is_brighter(self):
        before = light(self.source)
        self.assertLess(light(self.look(lighting="dim")).luma, before.luma * 0.7)
        self.assertGreater(light(self.look(lighting="bright")).luma, before.luma * 1.1)

    def test_moderate_light_and_a_dry_floor_change_nothing(self):
        for selection in ({"lighting": "moderate"}, {"surface_condition": "dry"}):
            np.testing.assert_array_equal(self.look(**selection), self.source)

    def test_a_wet_floor_changes_only_the_lower_part(self):
        wet = self.look(surface_condition="wet")
        top = self.source.shape[0] // 3
        np.testing.assert_array_equal(wet[:top], self.source[:top])
        self.assertGreater(cv2.absdiff(wet[top * 2:], self.source[top * 2:]).mean(), 8)

    def test_one_seed_gives_one_picture_and_another_seed_another(self):
        first = self.look(weather="rain", seed=3, number=5)
        np.testing.assert_array_equal(first, self.look(weather="rain", seed=3, number=5))
        self.assertGreater(np.abs(first.astype(int) - self.look(weather="rain", seed=4, number=5)).max(), 5)

    def test_rain_streaks_stay_below_the_motion_threshold_of_the_check(self):
        grey = [cv2.cvtColor(self.look(weather="rain", number=n), cv2.COLOR_BGR2GRAY) for n in range(6)]
        check = hallucination.Check()
        found = [np.count_nonzero(hallucination.moving(a, b, check)) for a, b in zip(grey, grey[1:])]
        self.assertLess(max(found), grey[0].size * 0.002)

    def test_an_unknown_value_and_an_unknown_variable_are_refused_by_name(self):
        with self.assertRaisesRegex(UserError, "no transform for weather 'snow'"):
            self.look(weather="snow")
        with self.assertRaisesRegex(UserError, "no transform for the variable 'mood'"):
            self.look(mood="calm")

    def test_each_look_is_recognised_by_the_verification(self):
        for variable, values in transform.LOOKS.items():
            for value in values:
                change = verification.Change.between(light(self.source), light(self.look(**{variable: value})))
                report = verification.verify({variable: change}, {variable: value})
                self.assertTrue(report["passed"], f"{variable} {value}: {report['details']['results'][0]['evidence']}")


class Hallucination(unittest.TestCase):
    def mask(self, *boxes):
        mask = np.zeros((100, 200), np.uint8)
        for x1, y1, x2, y2 in boxes:
            mask[y1:y2, x1:x2] = 255
        return mask

    def test_motion_near_the_originals_motion_is_not_hallucinated(self):
        original, augmented = self.mask((20, 20, 40, 40)), self.mask((20, 20, 47, 40))
        self.assertEqual(hallucination.hallucinated(original, augmented, 7), 0)

    def test_motion_beyond_the_tolerance_counts_pixel_by_pixel(self):
        original, augmented = self.mask((20, 20, 40, 40)), self.mask((20, 20, 50, 40))
        self.assertEqual(hallucination.hallucinated(original, augmented, 7), 3 * 20)

    def test_without_original_motion_everything_is_hallucinated(self):
        self.assertEqual(hallucination.hallucinated(self.mask(), self.mask((0, 0, 10, 10)), 7), 100)

    def test_the_score_is_the_share_that_is_not_hallucinated(self):
        self.assertEqual(hallucination.score(60, 600), 0.9)
        self.assertEqual(hallucination.score(0, 0), 1.0)
        self.assertEqual(hallucination.score(5, 5), 0.0)

    def test_an_object_added_by_the_augmentation_lowers_the_score(self):
        def frames(extra):
            for n in range(10):
                frame = np.full((120, 200, 3), 90, np.uint8)
                frame[20:50, 10 + 8 * n:40 + 8 * n] = 200
                if extra:
                    frame[80:110, 150 - 8 * n:180 - 8 * n] = 220
                yield frame
        check = hallucination.Check()
        self.assertEqual(hallucination.run(frames(False), frames(False), check)["score"], 1.0)
        report = hallucination.run(frames(False), frames(True), check)
        self.assertAlmostEqual(report["score"], 0.5, delta=0.12)
        self.assertFalse(report["passed"])
        self.assertEqual(report["details"]["total_frames"], 10)

    def test_an_unknown_setting_is_refused(self):
        with self.assertRaisesRegex(UserError, "no setting 'treshold'"):
            hallucination.Check.of({"treshold": 1})


class Writing(InFolder):
    def write(self, source, name):
        video = media.probe(source)
        with files.whole(self.folder / name) as part, encode.writer_like(part, video) as writer:
            for frame in media.frames(video):
                writer.write(frame)
        return video, media.probe(self.folder / name)

    def test_frames_rate_and_size_are_kept(self):
        before, after = self.write(clip(self.folder / "a.mp4", frames=15, size=(162, 90), rate="30000/1001"), "b.mp4")
        self.assertEqual((after.width, after.height, after.frames, after.fps, after.codec),
                         (162, 90, 15, Fraction(30000, 1001), "vp9"))
        self.assertEqual(after.frames, before.frames)

    def test_the_same_frames_give_the_same_bytes(self):
        source = clip(self.folder / "a.mp4")
        self.write(source, "b.mp4")
        self.write(source, "c.mp4")
        self.assertEqual((self.folder / "b.mp4").read_bytes(), (self.folder / "c.mp4").read_bytes())

    def test_a_variable_frame_rate_is_kept_frame_by_frame(self):
        clip(self.folder / "a.mp4", frames=12)
        from support import ffmpeg
        ffmpeg("-i", self.folder / "a.mp4", "-vf", "setpts=N*N*0.02/TB", "-vsync", "vfr", "-c:v", "mpeg4", "-q:v", "2",
               "-video_track_timescale", "90000", self.folder / "v.mp4")
        before, after = self.write(self.folder / "v.mp4", "w.mp4")
        self.assertTrue(before.variable)
        self.assertEqual(after.frames, before.frames)
        np.testing.assert_allclose(after.times, before.times, atol=0.002)

    def test_a_failure_leaves_nothing_behind(self):
        with self.assertRaises(ZeroDivisionError):
            with files.whole(self.folder / "x.mp4") as part, \
                    encode.FrameWriter(part, (64, 64), Fraction(10)) as writer:
                writer.write(np.zeros((64, 64, 3), np.uint8))
                raise ZeroDivisionError
        self.assertEqual(list(self.folder.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
