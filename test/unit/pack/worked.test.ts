import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Address, type Pack, readPack, renderProblems } from '../../../electron/pack/index.ts';
import { root } from '../../../scripts/support/root.ts';
import { type Line, linesAt, outlineOf } from './outline.ts';
import { seedText } from './seeds.ts';
import { kinds } from './support.ts';

const folderOf = (name: string) => join(root, 'resources', 'packs', name);
const textIn = (name: string, file: string) => readFileSync(join(folderOf(name), file), 'utf8');

async function readWorked(name: string): Promise<{ pack: Pack; addresses: Address[]; lines: Line[] }> {
  const read = await readPack(folderOf(name), kinds);
  if (!read.ok) throw new Error(renderProblems(read.problems));
  return { ...read, lines: outlineOf(textIn(name, 'checklist.md')) };
}

const worked = [
  { name: 'apex-ranker', seed: 'apex-ranker-checklist.md', boxes: 245, ticked: 34 },
  { name: 'neural-trading', seed: 'neural-trading-checklist.md', boxes: 91, ticked: 0 },
];

const lineKinds: Record<Address['means'], Line['kind'][]> = {
  item: ['box'],
  heading: ['heading'],
  items: ['box', 'heading'],
};

for (const { name, seed, boxes, ticked } of worked) {
  describe(`the worked pack ${name}`, () => {
    it('is read without a problem', async () => {
      const { pack } = await readWorked(name);
      expect(pack.runbooks.map(({ does }) => does)).toEqual(['deploy', 'rollback']);
      expect(pack.launch.targets.map(({ name: target }) => target)).toEqual(['staging', 'production']);
    });

    it(`has ${boxes} boxes, ${ticked} of them ticked`, () => {
      const lines = outlineOf(textIn(name, 'checklist.md')).filter(({ kind }) => kind === 'box');
      expect(lines).toHaveLength(boxes);
      expect(lines.filter((line) => line.ticked)).toHaveLength(ticked);
    });

    it('addresses one place of its checklist with every address', async () => {
      const { addresses, lines } = await readWorked(name);
      expect(addresses.length).toBeGreaterThan(30);
      const wrong = addresses.filter(
        ({ address, means }) => linesAt(lines, address, lineKinds[means]).length !== 1,
      );
      expect(wrong.map(({ address, place }) => `${place.file}:${place.line} ${address}`)).toEqual([]);
    });

    it('leaves every contact for its owner to fill in', async () => {
      const { pack } = await readWorked(name);
      const fields = pack.launch.contacts.flatMap((contact) => contact.fields);
      expect(fields.length).toBeGreaterThan(8);
      expect(fields.filter(({ value }) => value !== '')).toEqual([]);
    });

    it('works below {root} and at {port} only, so that a rehearsal touches nothing else', async () => {
      const { pack } = await readWorked(name);
      const steps = JSON.stringify(pack.runbooks.map(({ steps }) => steps.map(({ spec }) => spec)));
      expect(
        steps.replaceAll('http://127.0.0.1:{port}', '').match(/(?<![\w}"/])\/(?!dev\/null)[a-z]+\//g),
      ).toBe(null);
      expect(steps).not.toMatch(/127\.0\.0\.1:(?!\{port\})/);
    });

    const original = seedText(seed);
    if (original === null) return;

    it('carries every heading and box of its document, in the same nesting with the same ticks', () => {
      const shape = (markdown: string) =>
        outlineOf(markdown)
          .filter(({ text }) => text !== 'Release artifacts')
          .map(({ kind, depth, ticked: tick }) => `${kind} ${depth}${tick ? ' x' : ''}`);
      expect(shape(textIn(name, 'checklist.md'))).toEqual(shape(original));
    });

    it('carries every number, file name and endpoint of its document', () => {
      const numbers = (text: string) => new Set(text.match(/\d+(?:[.,]\d+)*/g));
      const codes = (text: string) =>
        new Set([...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? ''));
      const mine = textIn(name, 'checklist.md');
      expect([...numbers(original)].filter((number) => !numbers(mine).has(number))).toEqual([]);
      expect([...codes(original)].filter((code) => !mine.includes(code))).toEqual([]);
    });

    it('says it in words of its own: no six words in a row are the same', () => {
      const runs = (text: string) => text.split('\n').flatMap((line) => runsOfSix(line));
      const theirs = new Set(runs(original));
      expect(runs(textIn(name, 'checklist.md')).filter((run) => theirs.has(run))).toEqual([]);
    });
  });
}

/** Every six words in a row of a line, without what is code or a form to fill in. */
function runsOfSix(line: string): string[] {
  const words =
    line
      .toLowerCase()
      .replaceAll(/`[^`]*`|\[[^\]]*\]/g, ' | ')
      .match(/[a-z']+|\|/g) ?? [];
  return words
    .map((_, index) => words.slice(index, index + 6))
    .filter((run) => run.length === 6 && !run.includes('|'))
    .map((run) => run.join(' '));
}

describe('the worked pack apex-ranker', () => {
  const checklist = textIn('apex-ranker', 'checklist.md');
  const settings = textIn('apex-ranker', 'configs/v0_production.yaml');

  it('keeps one figure of each contradiction, in words and in settings', () => {
    expect(checklist).toContain('minimum position size (2%)');
    expect(checklist).toContain('daily turnover limit (35%)');
    for (const text of [checklist, settings]) {
      expect(text).toContain('min_position_size: 0.02\n');
      expect(text).toContain('max_daily_turnover: 0.35\n');
    }
    expect(checklist.match(/costs < \d+%/gi)).toEqual(['costs < 30%', 'costs < 30%']);
    expect(checklist).not.toMatch(/\/health(?!z)/);
  });

  it('says in its README how each was settled', () => {
    const readme = textIn('apex-ranker', 'README.md');
    for (const settled of ['0.015', '0.20', '< 20%', '`/health`']) expect(readme).toContain(settled);
  });

  it('has the roles, the criteria and the duties of its document', async () => {
    const { pack } = await readWorked('apex-ranker');
    const { roles, criteria, duties } = pack.launch;
    expect(roles.map(({ id, title }) => `${id}: ${title}`)).toEqual([
      'ml-engineer: ML Engineer',
      'backend-engineer: Backend Engineer',
      'devops: DevOps',
      'engineering-manager: Engineering Manager',
    ]);
    expect(criteria).toEqual({ go: 'Final decision > Go criteria', noGo: 'Final decision > No-go criteria' });
    const [hour, day] = [3_600_000, 86_400_000];
    expect(duties.map(({ everyMs, forMs }) => [everyMs, forMs])).toEqual([
      [2 * hour, day],
      [day, day],
      [day, 7 * day],
      [7 * day, 28 * day],
      [30 * day, 30 * day],
    ]);
  });
});

describe('the worked pack neural-trading', () => {
  it('has the roles of its document and takes model quality for its criteria', async () => {
    const { pack } = await readWorked('neural-trading');
    expect(pack.launch.roles.map(({ title }) => title)).toEqual([
      'Data Science Lead',
      'DevOps Lead',
      'Security Lead',
      'Compliance Officer',
      'Product Owner',
      'CTO',
    ]);
    expect(pack.launch.criteria).toEqual({ go: 'Before deployment > Model quality', noGo: null });
  });

  it('goes back for every reason of its document', async () => {
    const { pack } = await readWorked('neural-trading');
    expect(pack.launch.rollback?.triggers.map(({ rule, action }) => `${action}: ${rule}`)).toEqual([
      'offer: accuracy drop > 10 %',
      'offer: error rate > 10 %',
      'offer: latency > 5 s',
      'ask: A critical bug turns up',
      'ask: A security hole turns up',
    ]);
  });

  it('goes back in the eight steps of its document, in their order', async () => {
    const { pack } = await readWorked('neural-trading');
    const steps = pack.runbooks.find(({ does }) => does === 'rollback')?.steps ?? [];
    expect(steps.map(({ kind }) => kind)).toEqual([
      ...['lock', 'notify'],
      'service',
      ...['run', 'switch', 'service'],
      ...['http', 'http', 'check'],
      'hold',
      ...['record', 'notify'],
      'notify',
      'notify',
    ]);
    expect(steps[2]?.spec).toMatchObject({ service: { stop: '{service}' } });
    expect(steps[4]?.spec).toMatchObject({ switch: { to: 'previous' } });
    expect(steps[9]?.spec).toMatchObject({ within: 3_600_000, otherwise: 'go on' });
    expect(JSON.stringify(steps[10]?.spec)).toContain('within 24 hours');
  });
});

describe('the deploys of the worked packs', () => {
  for (const { name } of worked) {
    it(`take the steps of a deploy in their order: ${name}`, async () => {
      const { pack } = await readWorked(name);
      const deploy = pack.runbooks.find(({ does }) => does === 'deploy');
      expect(deploy?.steps.map(({ kind }) => kind)).toEqual([
        ...['preflight', 'lock', 'run', 'upload', 'release', 'run', 'write', 'write'],
        ...['switch', 'service', 'http', 'http', 'check', 'hold', 'record', 'notify'],
      ]);
      expect(deploy?.needs).toEqual({ version: 'from launch', bundle: `dist/${name}.tar.gz` });
      expect(deploy?.secrets).toHaveLength(1);
    });
  }
});
