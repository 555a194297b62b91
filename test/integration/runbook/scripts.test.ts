import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unlockScript } from '../../../electron/runbook/kinds/lock.ts';
import { sealScript } from '../../../electron/runbook/kinds/release.ts';
import { parseSurvey, surveyProgram } from '../../../electron/runbook/survey.ts';
import { compile, contextOn, hostFolder, runScript, undo } from '../../support/runbook/scripts.ts';

const ofRun = (home: string, run: string, takesOverFrom = '') => contextOn(home, { run, takesOverFrom });

describe('the lock', () => {
  it('is taken by one run, refused to another with its owner, and free again when given back', async () => {
    const home = hostFolder();
    expect(await runScript(compile({ lock: {} }, ofRun(home, 'r1')), home)).toMatchObject({ code: 0 });
    const refused = await runScript(compile({ lock: {} }, ofRun(home, 'r2')), home);
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('locked by run r1, ada on laptop');
    expect(refused.output).toContain(`rm ${home}/.holdpoint/locks/apex-ranker`);
    await runScript(unlockScript(ofRun(home, 'r1')), home);
    expect((await runScript(compile({ lock: {} }, ofRun(home, 'r2')), home)).code).toBe(0);
  });

  it('is never given back by a run that does not hold it', async () => {
    const home = hostFolder();
    await runScript(compile({ lock: {} }, ofRun(home, 'r1')), home);
    expect((await runScript(unlockScript(ofRun(home, 'r2')), home)).output).toContain(
      'belongs to another run',
    );
    expect((await runScript(compile({ lock: {} }, ofRun(home, 'r2')), home)).code).toBe(1);
  });

  it('is taken over by the rollback of the run that holds it', async () => {
    const home = hostFolder();
    await runScript(compile({ lock: {} }, ofRun(home, 'r1')), home);
    expect((await runScript(compile({ lock: {} }, ofRun(home, 'r2', 'r1')), home)).output).toContain(
      'taken over from run r1',
    );
    expect((await runScript(compile({ lock: {} }, ofRun(home, 'r1')), home)).code).toBe(1);
    await runScript(unlockScript(ofRun(home, 'r2', 'r1')), home);
    expect(readdirSync(join(home, '.holdpoint/locks'))).toEqual([]);
  });

  it('goes to exactly one of many runs that want it at the same instant', async () => {
    const home = hostFolder();
    const runs = Array.from({ length: 12 }, (_, n) =>
      runScript(compile({ lock: {} }, ofRun(home, `r${n}`)), home),
    );
    expect((await Promise.all(runs)).filter(({ code }) => code === 0)).toHaveLength(1);
  });

  it('waits as long as it was told to', async () => {
    const home = hostFolder();
    await runScript(compile({ lock: {} }, ofRun(home, 'r1')), home);
    const waiting = runScript(compile({ lock: { wait: '10 s' } }, ofRun(home, 'r2')), home);
    await runScript(unlockScript(ofRun(home, 'r1')), home);
    expect((await waiting).code).toBe(0);
  });
});

describe('a release', () => {
  function archiveOn(home: string, files: Record<string, string>): string {
    const source = join(home, 'source');
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(source, name, '..'), { recursive: true });
      writeFileSync(join(source, name), text);
    }
    execFileSync('tar', ['-czf', join(home, 'bundle.tar.gz'), '-C', source, '.']);
    return join(home, 'bundle.tar.gz');
  }

  const spec = { release: { from: 'bundle', into: '{root}/releases', keep: 2 } };
  const needs = { bundle: { path: '/x/bundle.tar.gz', bytes: 1, sha256: 'abc' } };
  const survey = async (home: string) => {
    const program = surveyProgram(join(home, 'current'), join(home, 'releases'), 'apex-ranker');
    return parseSurvey((await runScript({ text: program, shell: 'sh', env: {} }, home)).output);
  };

  it('is unpacked whole, recorded as pending, and then as how its run ended', async () => {
    const home = hostFolder();
    const context = contextOn(home, {
      needs,
      uploads: { bundle: archiveOn(home, { 'bin/start': 'go', 'a b': 'x' }) },
    });
    expect(await runScript(compile(spec, context), home)).toMatchObject({ code: 0 });
    expect(readFileSync(join(home, 'releases/0.2.0-r1/bin/start'), 'utf8')).toBe('go');
    expect((await survey(home)).releases).toMatchObject([
      { release: '0.2.0-r1', version: '0.2.0', sha256: 'abc', run: 'r1', outcome: 'pending', present: true },
    ]);
    await runScript(sealScript({ ...spec.release }, context, 'good', join(home, 'current')), home);
    const [record] = (await survey(home)).releases;
    expect(record).toMatchObject({ outcome: 'good' });
    expect(record?.at).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('that is broken leaves no release folder and no way to switch to it', async () => {
    const home = hostFolder();
    writeFileSync(join(home, 'bundle.tar.gz'), 'this is no archive');
    const context = contextOn(home, { needs, uploads: { bundle: join(home, 'bundle.tar.gz') } });
    expect((await runScript(compile(spec, context), home)).code).not.toBe(0);
    expect(existsSync(join(home, 'releases/0.2.0-r1'))).toBe(false);
    const switched = await runScript(compile({ switch: { link: '{root}/current' } }, context), home);
    expect(switched).toMatchObject({
      code: 1,
      output: expect.stringContaining('is not a folder on this host'),
    });
  });

  it('ended well: the oldest beyond what is kept go, but never the one served or the one to go back to', async () => {
    const home = hostFolder();
    const archive = archiveOn(home, { file: 'x' });
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const [age, name] of names.entries()) {
      const context = contextOn(home, {
        needs,
        uploads: { bundle: archive },
        run: name,
        values: { known: { root: home, version: '1', release: name, previous: 'b' }, secrets: [] },
      });
      await runScript(compile(spec, context), home);
      const record = join(home, 'releases/.holdpoint', `${name}.json`);
      execFileSync('touch', ['-d', `2026-01-0${age + 1}`, record]);
    }
    symlinkSync(join(home, 'releases/a'), join(home, 'current'));
    const context = contextOn(home, {
      needs,
      values: { known: { root: home, version: '1', release: 'e', previous: 'b' }, secrets: [] },
    });
    await runScript(sealScript(spec.release, context, 'good', join(home, 'current')), home);
    expect(
      readdirSync(join(home, 'releases'))
        .filter((name) => !name.startsWith('.'))
        .sort(),
    ).toEqual(['a', 'b', 'd', 'e']);
  });
});

describe('a switch', () => {
  it('points the link to the release, says what it was, and back again', async () => {
    const home = hostFolder();
    for (const name of ['old', '0.2.0-r1']) mkdirSync(join(home, 'releases', name), { recursive: true });
    symlinkSync(join(home, 'releases/old'), join(home, 'current'));
    const context = contextOn(home, { previousFolder: join(home, 'releases/old') });
    const spec = { switch: { link: '{root}/current' } };
    expect((await runScript(compile(spec, context), home)).output).toContain(
      `pointed to ${home}/releases/old`,
    );
    expect(readlinkSync(join(home, 'current'))).toBe(join(home, 'releases/0.2.0-r1'));
    await runScript(undo(spec, context), home);
    expect(readlinkSync(join(home, 'current'))).toBe(join(home, 'releases/old'));
  });

  it('makes a link where there was none, and refuses to replace a real folder', async () => {
    const home = hostFolder();
    mkdirSync(join(home, 'releases/0.2.0-r1'), { recursive: true });
    mkdirSync(join(home, 'real'));
    expect(
      (await runScript(compile({ switch: { link: '{root}/current' } }, contextOn(home)), home)).code,
    ).toBe(0);
    const refused = await runScript(compile({ switch: { link: '{root}/real' } }, contextOn(home)), home);
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('Move it away by hand') });
    expect(lstatSync(join(home, 'real')).isDirectory()).toBe(true);
  });
});

describe('a written file', () => {
  it('has the filled-in content, secrets too, the mode, and can be put back', async () => {
    const home = hostFolder();
    writeFileSync(join(home, '.env'), 'before');
    const context = contextOn(home, { template: () => 'VERSION={version}\nKEY={API_KEY}\n' });
    const spec = { write: { file: '{root}/.env', from: 'templates/env', mode: '600' } };
    const { output } = await runScript(compile(spec, context), home, { API_KEY: 'k-1' });
    expect(readFileSync(join(home, '.env'), 'utf8')).toBe('VERSION=0.2.0\nKEY=k-1\n');
    expect(statSync(join(home, '.env')).mode & 0o777).toBe(0o600);
    expect(output).not.toContain('k-1');
    await runScript(undo(spec, context), home);
    expect(readFileSync(join(home, '.env'), 'utf8')).toBe('before');
  });

  it('holds any content and has any name, as data', async () => {
    const odd = fc.oneof(
      fc.constantFrom(
        "it's",
        '$(touch /tmp/pwned)',
        '`id`',
        '-rf',
        'a b',
        'tab\there',
        '"',
        '\\',
        '$HOME',
        '%s%n',
        'é',
      ),
      fc.string({ minLength: 1 }).filter((text) => !/[\0/]/.test(text) && text !== '.' && text !== '..'),
    );
    await fc.assert(
      fc.asyncProperty(
        odd,
        fc.string().filter((text) => !text.includes('\0')),
        async (name, content) => {
          const home = hostFolder();
          const values = { known: { root: home, system: 's', name, content }, secrets: [] };
          const spec = { write: { file: '{root}/x-{name}', content: '{content}' } };
          const { code, output } = await runScript(compile(spec, contextOn(home, { values })), home);
          expect([code, output.includes('error')]).toEqual([0, false]);
          expect(readFileSync(join(home, `x-${name}`), 'utf8')).toBe(content);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a service', () => {
  it('is restarted by a script of the host, with its name as data', async () => {
    const home = hostFolder();
    writeFileSync(join(home, 'ctl'), '#!/bin/sh\nprintf "%s|" "$@"\n');
    chmodSync(join(home, 'ctl'), 0o755);
    const spec = { service: { restart: 'apex; rm -rf $HOME', manager: 'script', script: '{root}/ctl' } };
    expect((await runScript(compile(spec, contextOn(home)), home)).output).toBe(
      'restart|apex; rm -rf $HOME|',
    );
  });
});
