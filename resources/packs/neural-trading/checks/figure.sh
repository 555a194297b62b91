#!/bin/sh
# figure.sh KEY [UNIT]: prints one figure of evaluation/metrics.json, which the team's evaluation writes as flat
# JSON: { "r2": 0.74, "win_rate_percent": 47.2, … }.
set -eu
file=evaluation/metrics.json
if [ ! -r "$file" ]; then
  echo "$file is not in the pack's folder. Let the evaluation write it there." >&2
  exit 1
fi
figure=$(tr -d '\n' <"$file" | sed -n "s/.*\"$1\": *\(-\{0,1\}[0-9.]*\).*/\1/p")
if [ -z "$figure" ]; then
  echo "$file has no figure \"$1\"." >&2
  exit 1
fi
echo "$figure${2:+ $2}"
