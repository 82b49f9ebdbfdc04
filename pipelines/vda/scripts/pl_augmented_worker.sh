#!/usr/bin/env bash
# Labels one augmented video. Super resolution never runs on it.
set -euo pipefail
WORKER_NAME="pl_augmented_worker_${WORKER_ID:-0}"
unset http_proxy https_proxy no_proxy all_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY
# shellcheck source=endpoint_common.sh
. "${SETUP_DIR:?}/endpoint_common.sh"

load_runtime_env
build_key_chain
resolve_endpoints
VIDEO=$(find_input_video "$COSMOS_INPUT")
log "video $VIDEO"
label_video "$VIDEO"
barrier "${BARRIER_RANK:-0}" "${BARRIER_NUM_NODES:-1}" "${BARRIER_HOST:-localhost}" 12344
log "done"
