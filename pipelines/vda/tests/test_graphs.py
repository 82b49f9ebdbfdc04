"""The graphs, rendered with the reference template engine: stages, ranks, leads, edges, credentials."""

from support import COOKBOOKS, SCRIPTS, VDA  # first: it sets the search path
import re
import unittest
from pathlib import Path

import yaml

try:
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment
except ImportError:
    jinja2 = None

TOKEN = re.compile(r"\{\{(uuid|workflow_id|output|input:[^}]+|host:[^}]+)\}\}")
GIVEN = {"storage_url": "s3://metro", "dataset": "city", "run_id": "run-1", "gpu_platform": "cpu", "video": "clip",
         "skills_dir": str(VDA)}
FLOWS = ("augmentation_and_al", "auto_labeling", "e2e", "e2e_super_resolution")


def sections(text):
    """The document cut at its top-level keys, as the original does."""
    parts, key = {}, None
    for line in text.splitlines():
        found = re.match(r"([a-zA-Z][a-zA-Z0-9_-]*):", line)
        key = found.group(1) if found else key
        if key:
            parts.setdefault(key, []).append(line)
    return {name: "\n".join(lines) for name, lines in parts.items()}


def one_pass(text, data):
    """Jinja with strict undefined; run-time tokens go through untouched."""
    hidden = {}

    def hide(found):
        name = f"token_{len(hidden)}"
        hidden[name] = found.group(0)
        return "{{ %s }}" % name
    text = TOKEN.sub(hide, text)
    return SandboxedEnvironment(undefined=jinja2.StrictUndefined).from_string(text).render({**data, **hidden})


def render(flow, **values):
    """Both passes with localpath files inlined between them."""
    parts = sections((VDA / f"graphs/{flow}.yaml").read_text())
    given = {**GIVEN, **values}
    defaults = yaml.safe_load(parts["default-values"])["default-values"]
    workflow = yaml.safe_load(one_pass(parts["workflow"], {**defaults, **given}))["workflow"]

    def second(value):
        if isinstance(value, dict):
            if "localpath" in value:
                value = {"path": value["path"], "contents": Path(value["localpath"]).read_text(encoding="utf-8")}
            return {key: second(item) for key, item in value.items()}
        if isinstance(value, list):
            return [second(item) for item in value]
        return one_pass(value, given) if isinstance(value, str) and "{" in value else value
    return second(workflow)


def tasks(workflow, prefix=""):
    return [task for group in workflow["groups"] for task in group["tasks"] if task["name"].startswith(prefix)]


def inputs(task):
    return [entry.get("task") or entry["url"] for entry in task["inputs"]]


@unittest.skipIf(jinja2 is None, "needs python3-jinja2")
class Graphs(unittest.TestCase):
    def test_each_flow_has_its_groups_in_order(self):
        expected = {
            "augmentation_and_al": ["setup_group", "augmentation_group", "auto_labeling_augmented_group"],
            "auto_labeling": ["setup_group", "auto_labeling_group"],
            "e2e": ["setup_group", "auto_labeling_original_group", "augmentation_group",
                    "auto_labeling_augmented_group"],
            "e2e_super_resolution": ["setup_group", "auto_labeling_original_group", "augmentation_group",
                                     "auto_labeling_augmented_group"]}
        for flow, names in expected.items():
            self.assertEqual([group["name"] for group in render(flow)["groups"]], names)

    def test_inputs_of_one_video_stand_in_the_order_of_the_stage_matrix(self):
        source = "s3://metro/datasets/city/clip.mp4"
        cosmos, label = "s3://metro/data/models/cosmos_transfer", "s3://metro/data/models/auto_labeling"
        flow = render("e2e")
        self.assertEqual(inputs(tasks(flow, "setup")[0]), ["s3://metro/datasets/city"])
        self.assertEqual(inputs(tasks(flow, "pl_original")[0]), ["setup", source, label])
        self.assertEqual(inputs(tasks(flow, "cosmos")[0]), ["setup", source, cosmos])
        self.assertEqual(inputs(tasks(flow, "pl_augmented")[0]), ["setup", "cosmos_worker_0", label])

    def test_super_resolution_gates_augmentation_and_shifts_the_cache(self):
        worker = tasks(render("e2e_super_resolution"), "cosmos")[0]
        self.assertEqual(inputs(worker)[2], "pl_original_worker_0")
        self.assertEqual(worker["environment"]["HF_HUB_CACHE"], "{{input:3}}")

    def test_e2e_has_no_edge_from_original_labels_to_augmentation(self):
        for task in tasks(render("e2e", videos="a,b", n_augmentations="2"), "cosmos"):
            self.assertFalse([name for name in inputs(task) if name.startswith("pl_original")])

    def test_two_videos_with_three_augmentations(self):
        flow = render("e2e", videos="b,a", n_augmentations="3")
        self.assertEqual([len(tasks(flow, prefix)) for prefix in ("pl_original", "cosmos", "pl_augmented")], [2, 6, 6])
        pairs = [(t["environment"]["VIDEO_NAME"], t["environment"]["AUG_INDEX"]) for t in tasks(flow, "cosmos")]
        self.assertEqual(pairs, [("a", "0"), ("a", "1"), ("a", "2"), ("b", "0"), ("b", "1"), ("b", "2")])
        ranks = [t["environment"]["COSMOS_BARRIER_RANK"] for t in tasks(flow, "cosmos")]
        self.assertEqual(ranks, ["0", "1", "2", "3", "4", "5"])
        self.assertEqual({t["environment"]["COSMOS_BARRIER_NUM_NODES"] for t in tasks(flow, "cosmos")}, {"6"})
        self.assertEqual([inputs(t)[1] for t in tasks(flow, "pl_augmented")], [f"cosmos_worker_{k}" for k in range(6)])
        for group in flow["groups"][1:]:
            self.assertEqual([task["lead"] for task in group["tasks"]].count(True), 1)

    def test_a_batch_size_makes_sequential_groups_with_their_own_ranks(self):
        flow = render("augmentation_and_al", videos="a,b", n_augmentations="3", batch_size="4")
        first, second = [g for g in flow["groups"] if g["name"].startswith("augmentation_group")]
        self.assertEqual((len(first["tasks"]), len(second["tasks"])), (4, 2))
        lead = second["tasks"][0]
        self.assertEqual([t["environment"]["COSMOS_BARRIER_RANK"] for t in second["tasks"]], ["0", "1"])
        self.assertEqual(lead["environment"]["COSMOS_BARRIER_HOST"], "{{host:cosmos_worker_4}}")
        self.assertEqual((inputs(lead)[-1], lead["lead"]), ("cosmos_worker_0", True))
        self.assertNotIn("--barrier-num-nodes", tasks(flow, "setup")[0]["args"])

    def test_one_node_count_is_written_to_the_settings_where_all_groups_agree(self):
        for flow, values, count in (("auto_labeling", {}, "1"), ("auto_labeling", {"videos": "a,b"}, "2"),
                                    ("augmentation_and_al", {"n_augmentations": "3"}, "3")):
            arguments = tasks(render(flow, **values), "setup")[0]["args"]
            self.assertEqual(arguments[arguments.index("--barrier-num-nodes") + 1], count)
        self.assertNotIn("--barrier-num-nodes", tasks(render("e2e"), "setup")[0]["args"])

    def test_a_credential_that_is_not_registered_is_dropped(self):
        for flow in FLOWS:
            kept = tasks(render(flow))[-1]["credentials"]
            self.assertEqual(kept["nvcr_io"], {"NGC_CLI_API_KEY": "auth", "VLM_API_KEY": "auth", "LLM_API_KEY": "auth"})
            self.assertEqual(kept["hf_token"], {"HUGGING_FACE_HUB_TOKEN": "token"})
            for task in tasks(render(flow, nvcr_io="0", hf_token="0")):
                self.assertNotIn("credentials", task)

    def test_external_endpoints_take_their_keys_from_their_own_credential(self):
        flow = render("auto_labeling", endpoint_credential="mine", endpoint_credential_key="key")
        kept = tasks(flow)[-1]["credentials"]
        self.assertEqual((kept["nvcr_io"], kept["mine"]),
                         ({"NGC_CLI_API_KEY": "auth"}, {"VLM_API_KEY": "key", "LLM_API_KEY": "key"}))

    def test_a_stem_given_twice_and_a_missing_value_are_errors_by_name(self):
        with self.assertRaisesRegex(jinja2.UndefinedError, "duplicate_stem_in_videos"):
            render("e2e", videos="a,a")
        with self.assertRaisesRegex(jinja2.UndefinedError, "gpu_platform"):
            parts = sections((VDA / "graphs/e2e.yaml").read_text())
            defaults = yaml.safe_load(parts["default-values"])["default-values"]
            given = {key: value for key, value in GIVEN.items() if key != "gpu_platform"}
            one_pass(parts["workflow"], {**defaults, **given})

    def test_scripts_and_cookbooks_come_through_the_templates_unchanged(self):
        for flow in FLOWS:
            for entry in tasks(render(flow), "setup")[0]["files"]:
                origin = SCRIPTS / entry["path"].removeprefix("/tmp/") if "/sdg/" not in entry["path"] else \
                    COOKBOOKS / "city_traffic" / entry["path"].removeprefix("/tmp/sdg/")
                self.assertEqual(entry["contents"].rstrip("\n"), origin.read_text().rstrip("\n"), entry["path"])

    def test_profiles_pin_the_platform_and_ask_for_what_the_matrix_says(self):
        resources = render("e2e")["resources"]
        self.assertEqual({name: (r["gpu"], r["cpu"], r["memory"], r["storage"]) for name, r in resources.items()},
                         {"config_gen": (0, 4, "8Gi", "20Gi"), "cosmos_worker": (1, 11, "100Gi", "100Gi"),
                          "pl_worker": (1, 11, "128Gi", "100Gi")})
        self.assertEqual({r["platform"] for r in resources.values()}, {"cpu"})
        self.assertNotIn("cosmos_worker", render("auto_labeling")["resources"])

    def test_the_cache_graph_has_two_tasks_and_no_group(self):
        flow = render("setup_model_cache")
        self.assertEqual([task["name"] for task in flow["tasks"]],
                         ["download_cosmos_cache", "download_auto_labeling_cache"])
        self.assertEqual({task["outputs"][0]["url"] for task in flow["tasks"]}, {"s3://metro/data"})


if __name__ == "__main__":
    unittest.main()
