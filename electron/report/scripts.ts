/**
 * The script that an auditor runs and reads. No line of it decides alone: where a byte of it was changed, the first or
 * the last look at SHA256SUMS fails, whichever of the two the change did not hit. The last one compares the list byte for
 * byte, because `sha256sum --check` also takes capital letters, comments and marks. The script leaves with 99 because
 * changing one digit of that does not make it 0.
 */
export const verifySh = `#!/bin/sh
# Verifies this bundle with sha256sum and ssh-keygen (OpenSSH 8.8 or newer). Run it so: sh verify.sh
# A key must have been valid at the time of the signer's clock; report.md says what that proves.
LC_ALL=C TZ=UTC0
export LC_ALL TZ
case $0 in */*) cd "\${0%/*}" || exit 99 ;; esac
[ -n "$(command -v sha256sum)" ] || sha256sum() { shasum -a 256 "$@"; }
[ -n "$(command -v ssh-keygen)" ] ||
  { echo "ssh-keygen is not in PATH. Install OpenSSH 8.8 or newer." >&2; exit 99; }
sha256sum --check --strict --quiet SHA256SUMS ||
  { echo "SHA256SUMS, verify.sh and the files named above do not fit each other." >&2; exit 99; }
while read -r entry person time; do
  ssh-keygen -Y verify -n holdpoint-signoff -f allowed_signers -r revoked_keys \\
    -I "$person" -O "verify-time=$time" -s "$entry.sig" < "$entry" ||
    { echo "$entry: its signature by $person does not verify." >&2; exit 99; }
done < signatures.txt
[ "$(cut -d ' ' -f 1 signatures.txt)" = "$(for file in entries/*.json; do
  [ -f "$file" ] && echo "$file"
done)" ] ||
  { echo "signatures.txt does not name exactly the entries that are here." >&2; exit 99; }
[ "$(for file in .g* * */*; do
  [ -f "$file" ] && [ "$file" != SHA256SUMS ] && sha256sum "$file"
done | sha256sum)" = "$(sha256sum < SHA256SUMS)" ] ||
  { echo "SHA256SUMS does not list exactly the files that are here, or verify.sh was changed." >&2; exit 99; }
echo "Every file and every signature verifies."
`;

/** Of a file without a byte: FIPS 180-4. */
export const digestOfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * The same for Windows, but for files that are not listed: it does not look for them. Lines end as its command processor
 * needs them.
 */
export const verifyCmd = `@echo off
rem Verifies this bundle with certutil and ssh-keygen (OpenSSH 8.9 or newer). Run it so: verify.cmd
rem A key must have been valid at the time of the signer's clock; report.md says what that proves.
setlocal EnableDelayedExpansion
cd /d "%~dp0"
set TZ=UTC0
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
for /f "tokens=1-3" %%a in (signatures.txt) do (
  set "file=%%a"
  ssh-keygen -Y verify -n holdpoint-signoff -f allowed_signers -r revoked_keys -I %%b -O verify-time=%%c -s "!file:/=\\!.sig" < "!file:/=\\!" || (
    echo %%a: its signature by %%b does not verify.
    set bad=1
  )
)
if not %bad%==0 exit /b 1
echo Every file and every signature verifies.
`.replaceAll('\n', '\r\n');
