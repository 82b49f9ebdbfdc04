#!/usr/bin/env bash
# Augments one video: one pair of VIDEO_NAME and AUG_INDEX.
set -euo pipefail
WORKER_NAME="cosmos_worker_${WORKER_ID:-0}"
# shellcheck source=endpoint_common.sh
. "${SETUP_DIR:?}/endpoint_common.sh"

load_runtime_env
build_key_chain
resolve_endpoints

CONFIG="$SETUP_DIR/configs/${VIDEO_NAME}_aug${AUG_INDEX}.yaml"
[ -f "$CONFIG" ] || die "no configuration $CONFIG: is the video in the dataset, and n_augmentations above $AUG_INDEX?"
VIDEO=$(find_input_video "$VIDEO_INPUT")
log "video $VIDEO, configuration $CONFIG"
if [ -f /app/.venv/bin/activate ]; then . /app/.venv/bin/activate; fi

# The cache mount is read-only: real folders with links inside stand in for it.
link_model_cache() {
  local target found=0 base model mount="${HF_HUB_CACHE:-/nonexistent}"
  target=$(mktemp -d)
  for base in "$mount" "$mount/hub" "$mount/cosmos_transfer/hub"; do
    for model in "$base"/models--*; do
      [ -d "$model" ] || continue
      mkdir -p "$target/$(basename "$model")"
      ln -s "$model"/* "$target/$(basename "$model")/"
      found=1
    done
  done
  if [ "$found" = 0 ]; then log "warning: no models--* folder in the cache: weights will be downloaded again"; fi
  export HF_HUB_CACHE="$target"
}

PROMPTS="$SETUP_DIR/configs/augmentation/prompts"
args=(--config "$CONFIG")
if engine_is_embedded; then
  args+=(--scene "$SETUP_DIR/configs/workflow_config.yaml")
else
  link_model_cache
fi
args+=(
  "data.0.inputs.rgb=$VIDEO"
  "data.0.output.video=$OUTPUT_DIR/augmented_video.mp4"
  "data.0.output.metadata=$OUTPUT_DIR/metadata.json"
  "data.0.output.caption=$OUTPUT_DIR/caption.txt"
  "template_generation.system_prompt_file=$PROMPTS/template_generation_system_prompt.md"
  "template_generation.prompt_polishing_file=$PROMPTS/prompt_polishing_system_prompt.md"
  "endpoints.vlm.url=$VLM_URL" "endpoints.vlm.model=${VLM_MODEL:-}"
  "endpoints.llm.url=$LLM_URL" "endpoints.llm.model=${LLM_MODEL:-}"
  "video_captioning.parser=instruct"
)

mkdir -p "$OUTPUT_DIR"
code=0
"${AUGMENTATION_CLI:-paidf-augment}" "${args[@]}" || code=$?
RESULT="$OUTPUT_DIR/augmented_video.mp4"
if [ "$code" -ne 0 ]; then log "warning: the augmentation ended with code $code"; fi
if [ ! -s "$RESULT" ] && ! engine_is_embedded; then
  found=$(find "${TMPDIR:-/tmp}" -name cosmos_transfer_inference.mp4 -size +0 2>/dev/null | head -n 1)
  if [ -n "$found" ]; then
    log "recovered $found"
    cp "$found" "$RESULT"
  fi
fi
if [ ! -s "$RESULT" ]; then
  if [ "$code" -ne 0 ]; then exit "$code"; fi
  die "the augmentation reported success and left no augmented_video.mp4"
fi

barrier "${COSMOS_BARRIER_RANK:-0}" "${COSMOS_BARRIER_NUM_NODES:-1}" "${COSMOS_BARRIER_HOST:-localhost}" 12346
log "done"
