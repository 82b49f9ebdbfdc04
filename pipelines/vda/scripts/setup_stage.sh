#!/usr/bin/env bash
# The setup task: copies scripts and cookbook into its output, draws the configurations, writes the settings.
#
# setup_stage.sh --output DIR --scripts "a.sh b.sh" [--input DIR] [--run-id ID] [--n-augmentations N] [--pins "a=b c=d"]
#                [--super-resolution true|false] [--barrier-num-nodes N]
# --input makes it generate configurations for the videos found there.
set -euo pipefail

output="" scripts="" input="" run_id="" augmentations="" pins="" super="" nodes=""
while [ $# -gt 0 ]; do
  case "$1" in
    --output) output="$2" ;;
    --scripts) scripts="$2" ;;
    --input) input="$2" ;;
    --run-id) run_id="$2" ;;
    --n-augmentations) augmentations="$2" ;;
    --pins) pins="$2" ;;
    --super-resolution) super="$2" ;;
    --barrier-num-nodes) nodes="$2" ;;
    *) echo "setup: unknown argument $1" >&2; exit 2 ;;
  esac
  shift 2
done
[ -n "$output" ] || { echo "setup: --output is missing" >&2; exit 2; }

mkdir -p "$output/configs"
for name in endpoint_common.sh osmo_barrier.py $scripts; do
  cp "/tmp/$name" "$output/$name"
done
cp -r /tmp/sdg/. "$output/configs/"

{
  echo "ACCEPT_EULA=Y"
  echo "UV_NO_SYNC=1"
  echo "DOWNLOAD_REID=false"
  echo "WAIT_FOR_VLM=1"
  echo "WAIT_FOR_LLM=1"
  echo "LLM_MODEL_STATIC="
  echo "VLM_MODEL=Qwen/Qwen3-VL-30B-A3B-Instruct"
  if [ -n "$super" ]; then echo "SUPER_RESOLUTION_ENABLED=$super"; fi
  if [ -n "$nodes" ]; then echo "BARRIER_NUM_NODES=$nodes"; fi
} > "$output/.env"
cp "$output/.env" "$output/runtime.env"

if [ -n "$input" ]; then
  if ! command -v python3 >/dev/null; then
    echo "setup: this image has no python3, installing it (use an image that has it to avoid the download)"
    apt-get update -qq && apt-get install -y -qq python3-minimal
  fi
  args=(--input-dir "$input" --config-dir "$output/configs" --output-dir "$output/configs")
  if [ -n "$augmentations" ]; then args+=(--n-augmentations "$augmentations"); fi
  for pin in $pins; do args+=(--pin "$pin"); done
  echo "setup: configurations for run $run_id"
  python3 /tmp/generate_configs.py "${args[@]}"
fi
echo "setup: done"
