#!/usr/bin/env bash
# Whether fits, scores and files of the working tree have the bits of those of a commit: eng/golden.sh COMMIT
# Both sides are computed here and now, because bits differ between processors. The program is that of the working tree on
# both sides; the library beside it is not. Exits with 1 where a hash differs or is missing; new ones are named.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: eng/golden.sh COMMIT" >&2; exit 2; }
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Torch's threads sleep while they wait, so that other work on the machine does not stretch the runs.
export OMP_WAIT_POLICY=passive

project=tests/Ml.Autoencoders.GoldenHashes
commit=$(git rev-parse --verify "$1^{commit}")
folder=$(mktemp -d)
before=$folder/before
trap 'git worktree remove --force "$before" 2>/dev/null || true; rm -rf "$folder"' EXIT
git worktree add --quiet --detach "$before" "$commit"

rm -rf "${before:?}/$project"
mkdir "$before/$project"
cp "$project"/*.cs "$project"/*.csproj "$before/$project"
for tree in "$before" .; do
    dotnet build -c Release -v q -clp:ErrorsOnly -p:RunAnalyzers=false "$tree/$project"
done
run() { dotnet "$1/$project/bin/Release/net10.0/Ml.Autoencoders.GoldenHashes.dll" "${@:2}" 2> >(grep -v NNPACK >&2); }
run "$before" --write "$folder/hashes"
run . --compare "$folder/hashes"
