#!/usr/bin/env bash
# One task of the model cache graph: installs what the download needs, then downloads. Needs the network.
set -euo pipefail
if ! python3 -c 'import huggingface_hub' 2>/dev/null; then
  if ! command -v pip3 >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3 python3-pip
  fi
  pip3 install --quiet huggingface_hub
fi
exec python3 /tmp/download_model_cache.py "$1" "$2"
