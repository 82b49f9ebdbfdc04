"""Config generation: known draws and seeds, pins, the shape of what is written, refusals."""

from support import COOKBOOKS, SCENES, InFolder, subprocess, SCRIPTS  # first: it sets the search path
import json
import unittest

import generate_configs
import mini_yaml
import yaml


class Drawing(InFolder):
    def videos(self, *stems, suffix=".mp4"):
        for stem in stems:
            (self.folder / "in" / f"{stem}{suffix}").parent.mkdir(parents=True, exist_ok=True)
            (self.folder / "in" / f"{stem}{suffix}").write_bytes(b"x")

    def generate(self, scene, **more):
        return generate_configs.generate_configs(str(self.folder / "in"), str(COOKBOOKS / scene),
                                                 str(self.folder / "out"), **more)

    def drawn(self, scene, **more):
        return [entry["sampled_vars"] for entry in self.generate(scene, **more)["configs"]]

    def test_the_first_pair_of_city_traffic_is_overcast_in_the_morning(self):
        self.videos("clip")
        self.assertEqual(self.drawn("city_traffic"), [{"weather": "overcast", "time_of_day": "morning"}])

    def test_the_first_pair_of_the_warehouse_is_moderate_and_dry(self):
        self.videos("clip")
        self.assertEqual(self.drawn("warehouse"), [{"lighting": "moderate", "surface_condition": "dry"}])

    def test_three_pairs_of_robot_assembly_are_moderate_bright_bright(self):
        self.videos("clip")
        values = [pair["lighting"] for pair in self.drawn("robot_assembly", n_augmentations=3)]
        self.assertEqual(values, ["moderate", "bright", "bright"])

    def test_seeds_are_the_hash_modulo_two_to_the_thirty_first(self):
        self.assertEqual(generate_configs.hash31("clip_0"), 104277613)
        self.assertEqual(generate_configs.hash31("clip_0_cosmos"), 689050119)

    def test_a_pin_replaces_its_draw_and_leaves_the_others(self):
        self.videos("a", "b")
        free = self.drawn("city_traffic")
        pinned = self.drawn("city_traffic", pins={"weather": "clear"})
        self.assertEqual([pair["weather"] for pair in pinned], ["clear", "clear"])
        self.assertEqual([pair["time_of_day"] for pair in pinned], [pair["time_of_day"] for pair in free])

    def test_a_pin_to_an_unknown_value_is_refused_with_the_known_ones(self):
        self.videos("clip")
        with self.assertRaisesRegex(generate_configs.ConfigError, "cannot be pinned to snow: it has clear, overcast"):
            self.generate("city_traffic", pins={"weather": "snow"})

    def test_both_the_old_and_the_new_seed_keys_are_written(self):
        self.videos("clip")
        self.generate("city_traffic")
        config = yaml.safe_load((self.folder / "out/clip_aug0.yaml").read_text())
        self.assertEqual(config["augmentation"]["parameters"]["seed"], 689050119)
        self.assertEqual(config["augmentation"]["parameters"]["inference_name"], "cosmos_transfer_inference")
        self.assertEqual(config["cosmos"]["parameters"], {"seed": 689050119, "inference_name": "clip_aug0"})
        self.assertEqual(config["prompt_generation"]["seed"], 104277613)
        self.assertEqual(config["captioning"]["llm"]["variables"],
                         {"weather": ["overcast"], "time_of_day": ["morning"]})
        self.assertEqual(config["data"][0]["inputs"]["controls"], dict.fromkeys(("edge", "depth", "seg", "vis")))

    def test_the_manifest_lists_pairs_by_stem_then_index(self):
        self.videos("b", "a")
        self.generate("piazza", n_augmentations=2)
        manifest = yaml.safe_load((self.folder / "out/manifest.yaml").read_text())
        order = [(entry["video_name"], entry["aug_idx"], entry["config"]) for entry in manifest["configs"]]
        self.assertEqual(order, [("a", 0, "a_aug0.yaml"), ("a", 1, "a_aug1.yaml"), ("b", 0, "b_aug0.yaml"),
                                 ("b", 1, "b_aug1.yaml")])
        self.assertEqual(manifest["total"], 4)

    def test_two_videos_of_one_stem_are_refused(self):
        self.videos("clip")
        self.videos("clip", suffix=".avi")
        with self.assertRaisesRegex(generate_configs.ConfigError, "two videos are called clip"):
            self.generate("city_traffic")

    def test_an_empty_dataset_is_refused(self):
        (self.folder / "in").mkdir()
        with self.assertRaisesRegex(generate_configs.ConfigError, "no video"):
            self.generate("city_traffic")

    def test_the_program_ends_with_one_line_when_the_folder_is_missing(self):
        done = subprocess.run(["/usr/bin/python3", str(SCRIPTS / "generate_configs.py"), "--input-dir", "/nowhere",
                               "--config-dir", str(COOKBOOKS / "piazza"), "--output-dir", str(self.folder / "o")],
                              capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (1, "generate_configs: no such input folder: /nowhere\n"))


class Cookbooks(unittest.TestCase):
    def test_weights_of_every_variable_add_up_to_one(self):
        for scene in SCENES:
            variables = self.workflow(scene)["augmentation"]["variables"]
            for name, weights in variables.items():
                self.assertAlmostEqual(sum(weights.values()), 1, msg=f"{scene} {name}")

    @staticmethod
    def workflow(scene):
        return yaml.safe_load((COOKBOOKS / scene / "workflow_config.yaml").read_text())

    def test_every_sampleable_value_has_a_transform(self):
        from paidf import transform
        for scene in SCENES:
            for name, weights in self.workflow(scene)["augmentation"]["variables"].items():
                for value in weights:
                    transform.check({name: value})

    def test_question_banks_hold_the_counts_and_ids_of_their_scene(self):
        expected = {"city_traffic": (7, 4), "piazza": (6, 5), "trailer_dashcam": (7, 4), "warehouse": (7, 4),
                    "robot_assembly": (7, 3)}
        for scene, counts in expected.items():
            bank = json.loads((COOKBOOKS / scene / "auto_labeling/question_bank.json").read_text())
            bare = [entry["id"] for entry in bank["questions"] if "options" not in entry]
            self.assertEqual(bank["name"], f"window_default_{scene}")
            self.assertEqual((len(bare), len(bank["questions"]) - len(bare)), counts, scene)
            self.assertTrue(all(entry["aggregation"] in ("any", "majority") for entry in bank["questions"]))


class MiniYaml(unittest.TestCase):
    def test_cookbooks_are_read_as_the_reference_reads_them(self):
        for path in sorted(COOKBOOKS.rglob("*.yaml")):
            text = path.read_text()
            self.assertEqual(mini_yaml.load(text), yaml.safe_load(text), path)

    def test_what_is_written_is_read_back_by_both_readers(self):
        document = {"plain": "two words", "odd": "a: b # c", "number": "12", "yes": "yes", "none": None,
                    "list": [1, 2.5, []], "text": "first\n\n  indented\nlast\n",
                    "nested": [{"a": {"b": True}}, ["x"]], "unicode": "café 你"}
        written = mini_yaml.dump(document)
        self.assertEqual(mini_yaml.load(written), document)
        self.assertEqual(yaml.safe_load(written), document)

    def test_a_mistake_is_named_with_its_line(self):
        for text, line in (("a: 1\n\tb: 2", 2), ("a: 'x", 1), ("a: 1\na: 2", 2), ("a: *ref", 1)):
            with self.assertRaisesRegex(mini_yaml.YamlError, f"line {line}"):
                mini_yaml.load(text)


if __name__ == "__main__":
    unittest.main()
