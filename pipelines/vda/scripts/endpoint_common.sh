#!/usr/bin/env bash
# What the workers share: settings, keys, model endpoints, inputs. Sourced, not run.
# This file passes through the template engine: no double braces, no brace with a percent or hash sign.

log() { echo "[${WORKER_NAME:-worker}] $*"; }
die() { echo "[${WORKER_NAME:-worker}] error: $*" >&2; exit 1; }

# The CPU engine puts a program called paidf-engine on PATH. No container image has it.
engine_is_embedded() { [ "$(paidf-engine 2>/dev/null)" = embedded-cpu ]; }

# Loads .env, else runtime.env (some stores hide dotfiles), exporting what it sets.
load_runtime_env() {
  local dir="${SETUP_DIR:-}" file=""
  [ -n "$dir" ] && [ -d "$dir" ] || die "SETUP_DIR ('$dir') is no folder: the setup task left nothing"
  for name in .env runtime.env; do
    [ -z "$file" ] && [ -f "$dir/$name" ] && file="$dir/$name"
  done
  if [ -z "$file" ]; then
    ls -la "$dir" >&2
    die "neither .env nor runtime.env in $dir"
  fi
  log "settings from $file"
  set -a
  # shellcheck disable=SC1090
  . "$file"
  set +a
  if engine_is_embedded; then
    WAIT_FOR_VLM=0
    WAIT_FOR_LLM=0
    log "engine embedded-cpu: there is no VLM and no LLM endpoint to wait for"
  fi
}

first_set() {
  local value
  for value in "$@"; do
    if [ -n "$value" ]; then printf '%s' "$value"; return; fi
  done
}

build_key_chain() {
  OPENAI_API_KEY=$(first_set "${OPENAI_API_KEY:-}" "${VLM_API_KEY:-}" "${LLM_API_KEY:-}" "${NVIDIA_API_KEY:-}" \
    "${NGC_CLI_API_KEY:-}")
  VLM_API_KEY=$(first_set "${VLM_API_KEY:-}" "$OPENAI_API_KEY" "${NVIDIA_API_KEY:-}" "${NGC_CLI_API_KEY:-}")
  LLM_API_KEY=$(first_set "${LLM_API_KEY:-}" "$OPENAI_API_KEY" "${NVIDIA_API_KEY:-}" "${NGC_CLI_API_KEY:-}")
  HF_TOKEN=$(first_set "${HUGGING_FACE_HUB_TOKEN:-}" "${HF_TOKEN:-}")
  export OPENAI_API_KEY VLM_API_KEY LLM_API_KEY HF_TOKEN
}

# Prints the header line for a token; nothing for an empty one.
auth_header() {
  case "$1" in
    '') ;;
    Authorization:*) printf '%s' "$1" ;;
    Bearer*) printf 'Authorization: %s' "$1" ;;
    *) printf 'Authorization: Bearer %s' "$1" ;;
  esac
}

# Prints the URL with a scheme, without query, fragment, trailing slash and known API suffixes.
normalise_url() {
  local url="$1" before suffix
  case "$url" in *://*) ;; *) url="http://$url" ;; esac
  url="${url%%\?*}"
  url="${url%%\#*}"
  while :; do
    before="$url"
    url="${url%/}"
    for suffix in /v1/chat/completions /chat/completions /v1/completions /completions /v1/responses /responses \
                  /v1/embeddings /embeddings /v1/models /models; do
      url="${url%"$suffix"}"
    done
    [ "$url" = "$before" ] && break
  done
  printf '%s' "$url"
}

# Prints the base URLs to try, one a line: the given one and its host, each with and without /v1.
endpoint_candidates() {
  local url host seed
  url=$(normalise_url "$1")
  host=$(printf '%s' "$url" | sed -E 's#^([a-z]+://[^/]+).*#\1#')
  for seed in "$url" "$host"; do
    echo "$seed"
    case "$seed" in */v1) echo "${seed%/v1}" ;; *) echo "$seed/v1" ;; esac
  done | awk '!seen[$0]++'
}

default_endpoint() { endpoint_candidates "$1" | grep -m1 '/v1$'; }

# Prints the body of <candidate>/models when it answers 2xx with data.
probe_endpoint() {
  local header body
  local -a with=()
  header=$(auth_header "$2")
  if [ -n "$header" ]; then with=(-H "$header"); fi
  body=$(curl -fsS --connect-timeout "${ENDPOINT_CURL_CONNECT_TIMEOUT_SECONDS:-5}" \
              --max-time "${ENDPOINT_CURL_MAX_TIME_SECONDS:-15}" "${with[@]}" "$1/models" 2>/dev/null) || return 1
  case "$body" in *'"data"'*) printf '%s' "$body" ;; *) return 1 ;; esac
}

# Reads the answer of /models, prints the id of its first model.
first_model() {
  tr -d '\n' | sed -E 's/^.*"data"[[:space:]]*:[[:space:]]*\[//' |
    awk 'match($0, /"id"[[:space:]]*:[[:space:]]*"[^"]+"/) {
           split(substr($0, RSTART, RLENGTH), part, "\""); print part[4] }'
}

# wait_for_endpoint KIND URL KEY: sets <KIND>_URL and <KIND>_MODEL once a candidate answers.
wait_for_endpoint() {
  local kind="$1" url="$2" key="$3" attempts attempt candidate body model
  local interval="${ENDPOINT_WAIT_INTERVAL_SECONDS:-10}"
  attempts=$(( ${ENDPOINT_WAIT_TIMEOUT_SECONDS:-180} / interval ))
  [ "$attempts" -ge 1 ] || attempts=1
  for (( attempt = 1; attempt <= attempts; attempt++ )); do
    while read -r candidate; do
      if body=$(probe_endpoint "$candidate" "$key"); then
        model=$(printf '%s' "$body" | first_model)
        [ -n "$model" ] || die "$kind at $candidate lists no model"
        export "${kind}_URL=$candidate" "${kind}_MODEL=$model"
        log "$kind: $model at $candidate"
        return 0
      fi
    done < <(endpoint_candidates "$url")
    log "$kind does not answer at $url (attempt $attempt of $attempts)"
    if [ "$attempt" -lt "$attempts" ]; then sleep "$interval"; fi
  done
  die "$kind never answered at $url: check that the service is healthy and that the URL ends in /v1"
}

resolve_endpoints() {
  VLM_URL=$(default_endpoint "${VLM_URL:-localhost:8000}")
  LLM_URL=$(default_endpoint "${LLM_URL:-localhost:8001}")
  export VLM_URL LLM_URL
  if [ "${WAIT_FOR_VLM:-0}" = 1 ]; then wait_for_endpoint VLM "$VLM_URL" "${VLM_API_KEY:-}"; fi
  if [ "${WAIT_FOR_LLM:-0}" = 1 ]; then
    wait_for_endpoint LLM "$LLM_URL" "${LLM_API_KEY:-}"
  else
    export LLM_MODEL="${LLM_MODEL_STATIC:-}"
  fi
}

# Prints the first video of a folder (or the file itself).
find_input_video() {
  local found
  found=$(find -L "$1" -maxdepth 2 -type f ! -name '.*' \( -iname '*.mp4' -o -iname '*.avi' -o -iname '*.mkv' \) \
    2>/dev/null | LC_ALL=C sort | sed -n 1p)
  [ -n "$found" ] || die "no video in $1: upload <video>.mp4 to the dataset, or look at the task that should make it"
  printf '%s' "$found"
}

# barrier RANK NODES HOST PORT. The lead then gives the others a moment to end by themselves.
barrier() {
  local -a args=(--rank "$1" --num_nodes "$2" --port "$4")
  if [ "$1" -ne 0 ]; then args+=(--connect "$3"); fi
  python3 "$SETUP_DIR/osmo_barrier.py" "${args[@]}"
  if [ "$1" -eq 0 ] && [ "$2" -gt 1 ]; then sleep "${LEAD_GRACE_SECONDS:-5}"; fi
}

# The detector writes a lock beside its weights: a real rfdetr folder with links stands in for the read-only one.
mirror_label_cache() {
  local cache="${MODEL_CACHE_PATH:-}" target
  if [ -z "$cache" ] || [ ! -d "$cache/rfdetr" ]; then
    printf '%s' "${cache:-ckpts}"
    return
  fi
  target=$(mktemp -d)
  find "$cache" -mindepth 1 -maxdepth 1 ! -name rfdetr -exec ln -s -t "$target" '{}' +
  mkdir "$target/rfdetr"
  find "$cache/rfdetr" -mindepth 1 -maxdepth 1 -exec ln -s -t "$target/rfdetr" '{}' +
  printf '%s' "$target"
}

# clean_bank SOURCE TARGET: keeps only what the labeling program knows.
clean_bank() {
  python3 -c 'import json, sys
bank = json.load(open(sys.argv[1], encoding="utf-8"))
clean = dict(name=bank["name"], questions=bank["questions"])
json.dump(clean, open(sys.argv[2], "w", encoding="utf-8"), indent=2)' "$1" "$2"
}

# label_video VIDEO [OVERRIDE...]: runs the labeling program; its exit code is the worker's.
label_video() {
  local video="$1" configs="$SETUP_DIR/configs/auto_labeling" bank prompt code=0
  local -a args
  shift
  if [ -x /entrypoint.sh ] && ! engine_is_embedded; then /entrypoint.sh true; fi
  if [ -f /opt/venv/bin/activate ]; then . /opt/venv/bin/activate; fi
  args=(--config "$configs/auto_labeling_config.yaml")
  if engine_is_embedded; then args+=(--scene "$SETUP_DIR/configs/workflow_config.yaml"); fi
  args+=("data.0.inputs.video_path=$video" "data.0.output.out_dir=$OUTPUT_DIR"
         "pipeline.model_cache_path=$(mirror_label_cache)" "pipeline.gpu_ids=0"
         "endpoints.vlm.url=$VLM_URL" "endpoints.vlm.model=${VLM_MODEL:-}"
         "endpoints.llm.url=$LLM_URL" "endpoints.llm.model=${LLM_MODEL:-}")
  bank="$configs/question_bank.json"
  if [ -f "$bank" ]; then
    if ! engine_is_embedded; then
      bank="$(mktemp -d)/question_bank.json"
      clean_bank "$configs/question_bank.json" "$bank"
    fi
    args+=("mcq_generation.window_metadata_extraction.question_bank_file=$bank")
  else
    log "warning: no question bank: the program's own is used"
  fi
  prompt="$configs/prompts/event_analysis.md"
  if [ -f "$prompt" ]; then
    args+=("vlm_json.scene_prompt_file=$prompt" "vlm_json.events_prompt_file=$prompt")
  else
    log "warning: no event prompt: the program's own is used"
  fi
  mkdir -p "$OUTPUT_DIR"
  "${LABELING_CLI:-paidf-label}" "${args[@]}" "$@" || code=$?
  if [ "$code" -ne 0 ]; then
    log "the labeling ended with code $code"
    exit "$code"
  fi
}
