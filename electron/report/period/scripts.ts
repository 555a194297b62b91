import { digestOfNothing } from '../scripts.ts';

/** As the script of one bundle, for a folder of them. What is said there of its lines holds for these too. */
export const verifyAllSh = `#!/bin/sh
# Verifies all these launches with sha256sum and ssh-keygen (OpenSSH 8.8 or newer). Run it so: sh verify.sh
# A key must have been valid at the time of the signer's clock; each report.md says what that proves.
LC_ALL=C TZ=UTC0
export LC_ALL TZ
case $0 in */*) cd "\${0%/*}" || exit 99 ;; esac
[ -n "$(command -v sha256sum)" ] || sha256sum() { shasum -a 256 "$@"; }
[ -n "$(command -v ssh-keygen)" ] ||
  { echo "ssh-keygen is not in PATH. Install OpenSSH 8.8 or newer." >&2; exit 99; }
sha256sum --check --strict --quiet SHA256SUMS ||
  { echo "SHA256SUMS, verify.sh and the files named above do not fit each other." >&2; exit 99; }
for list in launches/*/signatures.txt; do
  [ -f "$list" ] || continue
  in=\${list%/*}
  while read -r entry person time; do
    ssh-keygen -Y verify -n holdpoint-signoff -f "$in/allowed_signers" -r "$in/revoked_keys" \\
      -I "$person" -O "verify-time=$time" -s "$in/$entry.sig" < "$in/$entry" ||
      { echo "$in/$entry: its signature by $person does not verify." >&2; exit 99; }
  done < "$list"
  [ "$(cut -d ' ' -f 1 "$list")" = "$(cd "$in" && for file in entries/*.json; do
    [ -f "$file" ] && echo "$file"
  done)" ] ||
    { echo "$list does not name exactly the entries that are there." >&2; exit 99; }
done
[ "$(for file in .g* * */.g* */* */*/.g* */*/* */*/*/*; do
  [ -f "$file" ] && [ "$file" != SHA256SUMS ] && sha256sum "$file"
done | sha256sum)" = "$(sha256sum < SHA256SUMS)" ] ||
  { echo "SHA256SUMS does not list exactly the files that are here, or verify.sh was changed." >&2; exit 99; }
echo "Every file and every signature of every launch verifies."
`;

/** The same for Windows: the list of files here, then the script of each launch. */
export const verifyAllCmd = `@echo off
rem Verifies all these launches with certutil and ssh-keygen (OpenSSH 8.9 or newer). Run it so: verify.cmd
rem A key must have been valid at the time of the signer's clock; each report.md says what that proves.
setlocal EnableDelayedExpansion
cd /d "%~dp0"
set bad=0
for /f "tokens=1,2" %%a in (SHA256SUMS) do (
  set "file=%%b"
  rem certutil has no digest of an empty file: this is it.
  for %%f in ("!file:/=\\!") do if not "%%~zf-%%a"=="0-${digestOfNothing}" (
    certutil -hashfile %%f SHA256 | findstr /x /c:"%%a" > nul || (
      echo %%b: it and SHA256SUMS do not fit each other.
      set bad=1
    )
  )
)
for /d %%d in ("%~dp0launches\\*") do (
  echo %%~nxd
  call "%%d\\verify.cmd" || set bad=1
)
if not %bad%==0 exit /b 1
echo Every file and every signature of every launch verifies.
`.replaceAll('\n', '\r\n');
