"""The staged scripts: settings, keys, endpoints, and the setup task, run by a real shell."""

from support import COOKBOOKS, CPU, SCRIPTS, InFolder, clip, subprocess  # first: it sets the search path
import http.server
import json
import os
import shutil
import threading
import unittest


def shell(text, **environment):
    """Runs bash with endpoint_common.sh loaded."""
    return subprocess.run(["bash", "-c", f"set -euo pipefail; . {SCRIPTS}/endpoint_common.sh; {text}"],
                          capture_output=True, text=True, check=False,
                          env={"PATH": "/usr/local/bin:/usr/bin:/bin", **environment})


class Endpoints(InFolder):
    def test_a_url_loses_query_slash_and_api_suffixes(self):
        for given, expected in (("host:8000", "http://host:8000"), ("https://h/v1/chat/completions/", "https://h"),
                                ("http://h/v1/models?x=1#y", "http://h"), ("http://h/v1/", "http://h/v1"),
                                ("h/base/v1/embeddings", "http://h/base")):
            self.assertEqual(shell(f"normalise_url '{given}'").stdout, expected)

    def test_candidates_are_the_base_and_the_host_each_with_and_without_v1(self):
        self.assertEqual(shell("endpoint_candidates http://h:1/base/v1").stdout.split(),
                         ["http://h:1/base/v1", "http://h:1/base", "http://h:1", "http://h:1/v1"])
        self.assertEqual(shell("default_endpoint http://h:1").stdout.split(), ["http://h:1/v1"])

    def test_headers_are_taken_as_they_come(self):
        for token, header in (("", ""), ("k", "Authorization: Bearer k"), ("Bearer k", "Authorization: Bearer k"),
                              ("Authorization: x", "Authorization: x")):
            self.assertEqual(shell(f"auth_header '{token}'").stdout, header)

    def test_keys_fall_back_in_order(self):
        keys = 'build_key_chain; echo "$OPENAI_API_KEY $VLM_API_KEY $LLM_API_KEY $HF_TOKEN"'
        self.assertEqual(shell(keys, NGC_CLI_API_KEY="n", LLM_API_KEY="l", HF_TOKEN="h").stdout.split(),
                         ["l", "l", "l", "h"])
        self.assertEqual(shell(keys, NGC_CLI_API_KEY="n", VLM_API_KEY="v").stdout.split(), ["v", "v", "v"])

    def test_a_live_endpoint_gives_its_first_model_and_a_dead_one_ends_the_wait(self):
        class Models(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200 if self.path == "/v1/models" else 404)
                self.end_headers()
                self.wfile.write(json.dumps({"object": "list", "data": [{"id": "first/model"}, {"id": "b"}]}).encode())

            def log_message(self, *_):
                pass
        with http.server.HTTPServer(("127.0.0.1", 0), Models) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            url = f"http://127.0.0.1:{server.server_port}"
            live = shell(f"wait_for_endpoint VLM {url} ''; echo $VLM_URL $VLM_MODEL")
            server.shutdown()
            thread.join()
        self.assertEqual(live.stdout.splitlines()[-1], f"{url}/v1 first/model")
        dead = shell(f"wait_for_endpoint LLM {url} ''", ENDPOINT_WAIT_TIMEOUT_SECONDS="0")
        self.assertEqual(dead.returncode, 1)
        self.assertIn("LLM never answered", dead.stderr)

    def test_settings_come_from_env_else_from_runtime_env(self):
        (self.folder / "runtime.env").write_text("WAIT_FOR_VLM=1\nX=visible\n")
        text = "load_runtime_env; echo $X $WAIT_FOR_VLM"
        self.assertEqual(shell(text, SETUP_DIR=str(self.folder)).stdout.splitlines()[-1], "visible 1")
        (self.folder / ".env").write_text("X=hidden\n")
        self.assertIn("hidden", shell(text + "; :", SETUP_DIR=str(self.folder), WAIT_FOR_VLM="0").stdout)

    def test_no_settings_end_the_worker_with_a_listing(self):
        done = shell("load_runtime_env", SETUP_DIR=str(self.folder))
        self.assertEqual(done.returncode, 1)
        self.assertIn("neither .env nor runtime.env", done.stderr)

    def test_the_cpu_engine_waits_for_no_endpoint_and_a_container_does(self):
        (self.folder / ".env").write_text("WAIT_FOR_VLM=1\nWAIT_FOR_LLM=1\n")
        text = "load_runtime_env; echo $WAIT_FOR_VLM$WAIT_FOR_LLM"
        here = shell(text, SETUP_DIR=str(self.folder), PATH=f"{CPU}/bin:/usr/bin:/bin")
        self.assertEqual(here.stdout.splitlines()[-1], "00")
        self.assertEqual(shell(text, SETUP_DIR=str(self.folder)).stdout.splitlines()[-1], "11")


@unittest.skipUnless(shutil.which("bwrap"), "needs bubblewrap")
class SetupTask(InFolder):
    """The setup task in a sandbox with its files in /tmp, as the executor lays them out."""

    def stage(self, *arguments):
        tmp, out = self.folder / "tmp", self.folder / "out"
        shutil.copytree(SCRIPTS, tmp)
        shutil.copytree(COOKBOOKS / "warehouse", tmp / "sdg")
        clip(self.folder / "in/hall.mp4", frames=2)
        out.mkdir()
        binds = [part for path in ("/usr", "/bin", "/lib", "/lib64", "/etc") if os.path.exists(path)
                 for part in ("--ro-bind", path, path)]
        done = subprocess.run(["bwrap", *binds, "--proc", "/proc", "--dev", "/dev", "--bind", str(tmp), "/tmp",
                               "--bind", str(out), "/out", "--ro-bind", str(self.folder / "in"), "/in", "bash",
                               "/tmp/setup_stage.sh", "--output", "/out", *arguments],
                              capture_output=True, text=True, check=False)
        if "Operation not permitted" in done.stderr or "No permissions" in done.stderr:
            self.skipTest("this machine does not allow sandboxes")
        self.assertEqual(done.returncode, 0, done.stderr)
        return out

    def test_an_augmenting_flow_gets_scripts_settings_and_configurations(self):
        out = self.stage("--scripts", "cosmos_worker.sh", "--input", "/in", "--run-id", "r", "--n-augmentations", "2",
                         "--pins", "lighting=dim", "--barrier-num-nodes", "2")
        self.assertEqual((out / ".env").read_text(), (out / "runtime.env").read_text())
        self.assertIn("BARRIER_NUM_NODES=2\n", (out / ".env").read_text())
        names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
        self.assertLessEqual({"endpoint_common.sh", "osmo_barrier.py", "cosmos_worker.sh", "configs/manifest.yaml",
                              "configs/hall_aug0.yaml", "configs/hall_aug1.yaml",
                              "configs/auto_labeling/question_bank.json"}, names)
        self.assertNotIn("pl_original_worker.sh", names)
        self.assertIn("lighting: dim", (out / "configs/manifest.yaml").read_text())

    def test_a_labeling_flow_gets_no_configurations(self):
        out = self.stage("--scripts", "pl_original_worker.sh", "--super-resolution", "false",
                         "--barrier-num-nodes", "1")
        self.assertIn("SUPER_RESOLUTION_ENABLED=false\n", (out / ".env").read_text())
        self.assertFalse((out / "configs/manifest.yaml").exists())


if __name__ == "__main__":
    unittest.main()
