#!/usr/bin/env bash
# Labels one source video.
set -euo pipefail
WORKER_NAME="pl_original_worker_${WORKER_ID:-0}"
unset http_proxy https_proxy no_proxy all_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY
# shellcheck source=endpoint_common.sh
. "${SETUP_DIR:?}/endpoint_common.sh"

load_runtime_env
build_key_chain
resolve_endpoints
VIDEO=$(find_input_video "$VIDEO_INPUT")
log "video $VIDEO"
label_video "$VIDEO" "super_resolution.enabled=${SUPER_RESOLUTION_ENABLED:-false}"
barrier "${BARRIER_RANK:-0}" "${BARRIER_NUM_NODES:-1}" "${BARRIER_HOST:-localhost}" 12344
log "done"
