"""Labeling: boxes, tracks, questions, statuses, exports and summaries, on scenes whose truth is known."""

from support import InFolder, run  # first: it sets the search path
import json
import unittest
from fractions import Fraction
from pathlib import Path

import numpy as np
from paidf import boxes, catalogue, coco, detect, drift, export, files, labels, measures, media, questions, tracking
from paidf.boxes import Detection
from paidf.errors import UserError
from paidf.photometry import Light


def walk(tracker, positions, name="person", size=(20, 50), missing=()):
    """Feeds one object that moves; frames in `missing` are not detected."""
    for frame, x in enumerate(positions):
        found = [] if frame in missing else [Detection(name, 0.9, (x, 30, x + size[0], 30 + size[1]))]
        tracker.update(frame, found)


class Boxes(unittest.TestCase):
    def test_overlap_of_half_shifted_boxes_is_a_third(self):
        self.assertAlmostEqual(boxes.iou((0, 0, 10, 10), (5, 0, 15, 10)), 1 / 3)

    def test_a_loose_box_is_ten_percent_larger_and_stays_inside(self):
        self.assertEqual(boxes.expanded((50, 50, 70, 90), 0.1, 100, 100), (49, 48, 71, 92))
        self.assertEqual(boxes.expanded((0, 0, 20, 100), 0.1, 100, 100), (0, 0, 21, 100))

    def test_of_two_boxes_on_one_object_the_stronger_stays(self):
        found = [Detection("person", 0.5, (0, 0, 10, 20)), Detection("person", 0.8, (1, 0, 11, 20))]
        self.assertEqual([item.score for item in boxes.deduplicate(found, [], 0.3, 0.9)], [0.8])

    def test_the_box_that_continues_the_frame_before_wins(self):
        found = [Detection("person", 0.5, (0, 0, 10, 20)), Detection("person", 0.8, (4, 0, 14, 20))]
        kept = boxes.deduplicate(found, [(0, 0, 10, 20)], 0.3, 0.9)
        self.assertEqual([item.score for item in kept], [0.5])

    def test_two_classes_on_one_place_keep_the_stronger(self):
        found = [Detection("car", 0.5, (0, 0, 10, 20)), Detection("truck", 0.6, (0, 0, 10, 20))]
        self.assertEqual([item.name for item in boxes.deduplicate(found, [], 0.3, 0.9)], ["truck"])

    def test_coco_has_eighty_classes_with_their_own_ids(self):
        self.assertEqual((len(coco.NAMES), coco.category("person"), coco.category("truck"),
                          coco.category("toothbrush"), coco.category(coco.MOVING_OBJECT)), (80, 1, 8, 90, 0))


class Tracks(unittest.TestCase):
    def tracker(self, **rules):
        return tracking.Tracker(tracking.Rules(**rules))

    def test_a_walking_person_is_one_track(self):
        tracker = self.tracker()
        walk(tracker, range(0, 120, 4))
        tracks = tracker.finish()
        self.assertEqual([(track.name, len(track.boxes)) for track in tracks], [("person", 30)])

    def test_a_gap_shorter_than_max_age_does_not_cut_a_track(self):
        tracker = self.tracker(max_age=10)
        walk(tracker, range(0, 120, 4), missing=range(10, 16))
        self.assertEqual([len(track.boxes) for track in tracker.finish()], [24])

    def test_a_gap_longer_than_max_age_cuts_it(self):
        tracker = self.tracker(max_age=3)
        walk(tracker, range(0, 120, 4), missing=range(10, 18))
        self.assertEqual([sorted(track.boxes)[0] for track in tracker.finish()], [0, 18])

    def test_two_hits_do_not_make_a_track(self):
        tracker = self.tracker(min_hits=3)
        walk(tracker, (0, 2), missing=())
        for frame in range(2, 8):
            tracker.update(frame, [])
        self.assertEqual(tracker.finish(), [])

    def test_a_track_of_fewer_than_min_track_frames_is_dropped(self):
        tracker = self.tracker(min_track_frames=5)
        walk(tracker, (0, 2, 4, 6))
        self.assertEqual(tracker.finish(), [])

    def test_people_who_cross_keep_their_numbers(self):
        tracker = self.tracker()
        for frame in range(40):
            tracker.update(frame, [Detection("person", 0.9, (4 * frame, 30, 4 * frame + 20, 80)),
                                   Detection("person", 0.8, (160 - 4 * frame, 34, 180 - 4 * frame, 84))])
        ends = {track.number: track.boxes[39][0] for track in tracker.finish()}
        self.assertEqual(len(ends), 2)
        self.assertEqual(sorted(ends.values()), [4, 156])

    def test_classes_are_not_mixed(self):
        tracker = self.tracker()
        for frame in range(10):
            tracker.update(frame, [Detection("car" if frame < 5 else "truck", 0.9, (50, 50, 90, 80))])
        self.assertEqual([track.name for track in tracker.finish()], ["car", "truck"])

    def test_frames_between_detections_are_filled_and_counted(self):
        tracker = self.tracker(min_hits=3)
        for frame in range(0, 20, 2):
            tracker.update(frame, [Detection("person", 0.9, (frame, 0, frame + 20, 40))])
        track, = tracker.finish(step=2)
        self.assertEqual((len(track.boxes), len(track.interpolated)), (19, 9))
        self.assertEqual(track.boxes[5], (5, 0, 25, 40))


def evidence(luma=120.0, contrast=50.0, saturation=100.0, warmth=20.0, lower=110.0, tracks=(), motion=5.0,
             detector="centernet-cpu"):
    light = Light(luma, contrast, 40, 200, saturation, warmth, lower, 40, 2)
    return measures.Evidence(light, motion, list(tracks), (0, 9), detector)


def track(name, frames, number=1):
    return tracking.Track(name, number, {frame: (0, 0, 10, 10) for frame in frames})


class Questions(InFolder):
    def bank(self, *entries, scene="city_traffic"):
        path = self.folder / "bank.json"
        path.write_text(json.dumps({"name": f"window_default_{scene}", "extra": 1, "questions": list(entries)}))
        return questions.read(path)

    WEATHER = {"id": "2_1", "question": "Weather?", "options": ["A. Clear", "B. Overcast", "C. Rain"],
               "aggregation": "majority"}

    def answers(self, bank, **light):
        return questions.answer(bank, evidence(**light))

    def test_a_clear_case_is_answered_with_its_evidence(self):
        result = self.answers(self.bank(self.WEATHER), saturation=120, contrast=60)
        choice, said = result.answers["2_1"]
        self.assertEqual(choice, "Clear")
        self.assertIn("saturation 120", said)

    def test_inside_the_margin_nothing_is_answered(self):
        result = self.answers(self.bank(self.WEATHER), saturation=82, contrast=44)
        self.assertEqual(result.answers, {})
        self.assertIn("not clear enough", result.abstained["2_1"])

    def test_collisions_are_never_inferred(self):
        bank = self.bank({"id": "1_1", "question": "Collision?", "aggregation": "any"})
        self.assertIn("1_1", self.answers(bank).abstained)

    def test_not_seen_is_not_no(self):
        bank = self.bank({"id": "5_2", "question": "Two-wheelers?", "aggregation": "any"})
        self.assertIn("5_2", self.answers(bank).abstained)
        seen = self.answers(bank, tracks=[track("bicycle", range(8))])
        self.assertEqual(seen.answers["5_2"][0], "Yes")

    def test_workers_are_counted_by_tracks(self):
        bank = self.bank({"id": "5_1", "question": "Workers?", "options": ["None", "1-2", "3+"]}, scene="warehouse")
        for count, expected in ((0, "None"), (2, "1-2"), (4, "3+")):
            tracks = [track("person", range(10), number) for number in range(count)]
            self.assertEqual(self.answers(bank, tracks=tracks).answers["5_1"][0], expected)

    def test_any_needs_one_yes_and_supermajority_most(self):
        first, second = self.bank({"id": "a", "question": "?", "aggregation": "any"},
                                  {"id": "b", "question": "?"}).questions
        self.assertEqual(questions.aggregate(first, ["No", "Yes", "No"]), "Yes")
        self.assertEqual(questions.aggregate(second, ["No", "Yes", "No"]), "No")
        self.assertEqual(questions.aggregate(second, ["Yes", "Yes", "No"]), "Yes")

    def test_a_majority_tie_goes_to_the_earliest(self):
        question, = self.bank({"id": "a", "question": "?", "options": ["X", "Y"]}).questions
        self.assertEqual(questions.aggregate(question, ["Y", "X", "X", "Y"]), "Y")
        self.assertIsNone(questions.aggregate(question, ["Z"]))

    def test_gates_close_after_aggregation(self):
        bank = self.bank({"id": "1", "question": "a?"}, {"id": "2", "question": "b?"},
                         {"id": "3", "question": "c?", "include_if": {"1": "Yes"}},
                         {"id": "4", "question": "d?", "include_if_any": {"1": "Yes", "2": "Yes"}})
        window = questions.Answered({key: (value, "") for key, value in
                                     {"1": "No", "2": "Yes", "3": "Yes", "4": "Yes"}.items()})
        self.assertEqual(sorted(questions.combine(bank, [window])), ["1", "2", "4"])

    def test_items_are_split_by_bare_yes_no_and_lettered(self):
        bank = self.bank(self.WEATHER, {"id": "5_2", "question": "Bikes?"})
        multiple, bare = questions.items(bank, {"2_1": ("Overcast", "e"), "5_2": ("Yes", "f")}, "clip")
        self.assertEqual(multiple, [{"video_id": "clip", "question": "Weather?", "answer": "B",
                                     "options": {"A": "Clear", "B": "Overcast", "C": "Rain"}, "reasoning": "e"}])
        self.assertEqual(bare, [{"video_id": "clip", "question": "Bikes?", "answer": "Yes", "reasoning": "f"}])

    def test_a_question_without_an_id_is_refused(self):
        with self.assertRaisesRegex(UserError, "question 1 has no id"):
            self.bank({"question": "?"})


class Documents(InFolder):
    def setUp(self):
        super().setUp()
        self.tracks = [tracking.Track("person", 1, {0: (10, 10, 30, 60), 1: (12, 10, 32, 60)}),
                       tracking.Track("car", 2, {1: (80, 40, 140, 80)}),
                       tracking.Track("person", 3, {0: (50, 5, 60, 30)})]
        self.video = media.Video(Path("clip.mp4"), 200, 100, Fraction(10), (0.0, 0.1, 0.2), "vp9")

    def tree(self, name="clip", tracks=None):
        folder = self.folder / name
        tracks = self.tracks if tracks is None else tracks
        files.write_json(folder / "contextual/instances.json", catalogue.instances(tracks))
        files.write_json(folder / "contextual/objects.json", catalogue.objects(tracks, self.video, "clip"))
        files.write_json(folder / "sidecars/pipeline_status.json", {
            "status": "completed", "degraded_stages": [], "method": "centernet-cpu", "engine": "embedded-cpu",
            "stages": {}})
        return labels.read(folder)

    def test_instances_count_from_one_in_each_class(self):
        entries = catalogue.instances(self.tracks)["instances"]
        self.assertEqual({key: (entry["instance_id"], entry["semantic_id"]) for key, entry in entries.items()},
                         {"person_1": (1, 1), "car_2": (1, 3), "person_3": (2, 1)})

    def test_every_frame_is_listed_with_its_boxes(self):
        frames = catalogue.objects(self.tracks, self.video, "clip")["frames"]
        self.assertEqual(list(frames), ["clip_frame_000000", "clip_frame_000001", "clip_frame_000002"])
        self.assertEqual([item["object_id"] for item in frames["clip_frame_000001"]["instances"]],
                         ["person_1", "car_2"])
        self.assertEqual(frames["clip_frame_000002"], {"format": "png", "frame_number": 2, "instances": []})

    def test_coco_and_mot_say_the_same_boxes(self):
        tree = self.tree()
        document = export.coco(tree, self.video, "clip")
        self.assertEqual([entry["id"] for entry in document["categories"]], [1, 3])
        self.assertEqual([(a["image_id"], a["category_id"], a["track_id"], a["bbox"]) for a in document["annotations"]],
                         [(1, 1, 1, [10, 10, 20, 50]), (1, 1, 3, [50, 5, 10, 25]), (2, 1, 1, [12, 10, 20, 50]),
                          (2, 3, 2, [80, 40, 60, 40])])
        info, boxes_text = export.mot(tree, self.video, "clip")
        self.assertIn("seqLength=3\nimWidth=200\n", info)
        self.assertEqual(boxes_text.splitlines()[0], "1,1,10.00,10.00,20.00,50.00,1,1,1")
        self.assertEqual(len(boxes_text.splitlines()), len(document["annotations"]))

    def test_drift_counts_pairs_shifts_and_leftovers(self):
        moved = [tracking.Track("person", 1, {0: (11, 10, 31, 60), 1: (13, 10, 33, 60)})]
        report = drift.compare(self.tree("a"), self.tree("b", moved))
        self.assertEqual((report["matched_boxes"], report["only_original"], report["only_augmented"]), (2, 2, 0))
        self.assertEqual(report["mean_shift_px"], 1.0)

    def test_a_folder_that_is_no_tree_is_refused(self):
        with self.assertRaisesRegex(UserError, "is no labeling tree"):
            labels.read(self.folder)

    def test_a_summary_of_two_engines_is_refused(self):
        for name, engine in (("a_aug0", "embedded-cpu"), ("b_aug0", "gpu")):
            self.tree(f"run/outputs/pseudo_labeled/{name}")
            path = self.folder / f"run/outputs/pseudo_labeled/{name}/sidecars/pipeline_status.json"
            files.write_json(path, {**files.read_json(path), "engine": engine})
        done = run("paidf-summary", "--run-local-dir", self.folder / "run")
        self.assertEqual(done.returncode, 1)
        self.assertIn("mixes the outputs of several engines", done.stderr)


class Detectors(unittest.TestCase):
    def test_the_input_keeps_the_shape_of_the_frame(self):
        self.assertEqual(detect.input_size(768, 576), (512, 384))
        self.assertEqual(detect.input_size(1920, 1080), (576, 320))
        self.assertEqual(detect.input_size(1080, 1920), (320, 576))

    def test_the_fallback_knows_persons_and_motion_only(self):
        fallback = detect.HogPeople(320, 240, ["person", "car"], True, "no node")
        rng = np.random.default_rng(1)
        ground = rng.integers(90, 110, (240, 320, 3)).astype(np.uint8)
        names = set()
        for frame in range(14):
            picture = ground.copy()
            picture[100:140, 10 + 12 * frame:70 + 12 * frame] = (40, 40, 220)
            names |= {item.name for item in fallback.find(picture)}
        self.assertEqual(names, {coco.MOVING_OBJECT})
        self.assertEqual((fallback.method, fallback.degraded), ("hog-people", "no node"))


if __name__ == "__main__":
    unittest.main()
