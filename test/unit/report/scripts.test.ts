import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyAllCmd, verifyAllSh } from '../../../electron/report/period/scripts.ts';
import { digestOfNothing, verifyCmd, verifySh } from '../../../electron/report/scripts.ts';

/** No Windows runs here: this holds the scripts to what the documentation of `cmd` and `certutil` asks of them. */
describe.each([
  ['of a launch', verifyCmd],
  ['of a period', verifyAllCmd],
])('verify.cmd %s', (_which, script) => {
  const lines = script.split('\r\n');

  it('is plain text whose every line ends as cmd reads it, and short enough to be read by a person', () => {
    expect(script).toMatch(/^[\x20-\x7e\r\n]+$/);
    expect(script.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(lines.at(-1)).toBe('');
    expect(lines.length - 1).toBeLessThanOrEqual(30);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(150);
  });

  it('opens as many brackets as it closes, and uses variables of loops only where they are set', () => {
    const code = lines.filter((line) => !/^\s*rem /.test(line) && !/^\s*echo /.test(line)).join('\n');
    expect(code.split('(').length).toBe(code.split(')').length);
    expect(code.replaceAll(/%%(~[a-z]+)?[a-df]/g, '').replaceAll(/%bad%|%~dp0/g, '')).not.toContain('%');
    // In a message a bracket would end the block around it.
    for (const line of lines.filter((one) => /^\s*echo /.test(one))) expect(line).not.toMatch(/[()&|<>]/);
  });

  it('turns the slashes of names, compares the whole line of certutil, and knows the digest of an empty file', () => {
    expect(script).toContain('setlocal EnableDelayedExpansion');
    expect(script).toContain('cd /d "%~dp0"');
    expect(script).toContain('for /f "tokens=1,2" %%a in (SHA256SUMS) do (');
    expect(script).toContain('certutil -hashfile %%f SHA256 | findstr /x /c:"%%a" > nul || (');
    expect(script).toContain(`for %%f in ("!file:/=\\!") do if not "%%~zf-%%a"=="0-${digestOfNothing}" (`);
    expect(createHash('sha256').digest('hex')).toBe(digestOfNothing);
    expect(script.match(/set bad=1/g)?.length).toBeGreaterThanOrEqual(2);
    expect(lines.at(-3)).toBe('if not %bad%==0 exit /b 1');
  });
});

it('verify.cmd gives ssh-keygen the file itself, never through a pipe, at the time in the zone it was written in', () => {
  expect(verifyCmd).toContain('set TZ=UTC0');
  expect(verifyCmd).toMatch(
    /ssh-keygen -Y verify -n holdpoint-signoff -f allowed_signers -r revoked_keys -I %%b -O verify-time=%%c -s "!file:\/=\\!\.sig" < "!file:\/=\\!" \|\| \(/,
  );
  expect(verifyAllCmd).toContain('call "%%d\\verify.cmd" || set bad=1');
});

it('verify.sh hands no list of all entries to a program: a hundred thousand names are more than one takes', () => {
  for (const script of [verifySh, verifyAllSh]) expect(script).not.toMatch(/\bls\b/);
});
