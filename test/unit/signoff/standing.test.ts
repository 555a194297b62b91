import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignedEntry } from '../../../electron/signoff/entries/entry.ts';
import { digestOf } from '../../../electron/signoff/statement/canonical.ts';
import { type Sight, subjectsFor } from '../../../electron/signoff/statement/sight.ts';
import { differencesSince } from '../../../electron/signoff/validity/differences.ts';
import type { RolePolicy } from '../../../electron/signoff/validity/policy.ts';
import { type StandingFacts, standingsOf } from '../../../electron/signoff/validity/standing.ts';
import { Writer } from './chains.ts';
import { itemOf, measured, sightOf, withItem } from './launch.ts';

const modelSections = new Set(['s-model']);
const model: RolePolicy = policyOf('ml-engineer', { sections: modelSections, signers: ['ada@*', 'alan@*'] });
const ops: RolePolicy = policyOf('devops', { sections: new Set(['s-ops']), signers: ['bob@*', 'ada@*'] });
const lead: RolePolicy = policyOf('lead', { signers: ['*@example.com'], notAlso: ['devops'] });

function policyOf(role: string, change: Partial<RolePolicy> = {}): RolePolicy {
  return {
    ...{
      role,
      title: role,
      signers: ['*'],
      approvals: 1,
      deployerMaySign: true,
      notAlso: [],
      sections: null,
    },
    silentFrom: null,
    ...change,
  };
}

/** Every document that was ever signed in these tests. */
function documentsOf(...sights: readonly Sight[]) {
  const all = new Map(
    sights
      .flatMap((sight) => [model, ops, lead].flatMap(({ sections }) => subjectsFor(sight, sections)))
      .map(({ bytes }) => [digestOf(bytes), bytes]),
  );
  return (sha256: string) => all.get(sha256) ?? null;
}

function standings(entries: readonly SignedEntry[], change: Partial<StandingFacts> = {}) {
  const sight = sightOf();
  const all = standingsOf({
    ...{ policies: [model, ops, lead], entries, sight, documents: documentsOf(sight) },
    ...{ deployers: new Set<string>(), at: new Date('2026-11-24T10:00:00Z') },
    ...change,
  });
  return Object.fromEntries(all.map((standing) => [standing.role, standing]));
}

const everybody = () => [
  new Writer('ada@example.com').answer('ml-engineer', 'go', sightOf(), modelSections),
  new Writer('bob@example.com').answer('devops', 'go', sightOf(), ops.sections),
  new Writer('eve@example.com').answer('lead', 'go', sightOf()),
];

const verdicts = (...args: Parameters<typeof standings>) =>
  Object.fromEntries(Object.entries(standings(...args)).map(([role, { verdict }]) => [role, verdict]));

describe('an answer', () => {
  it('counts while what was signed is what is there', () => {
    expect(verdicts(everybody())).toEqual({ 'ml-engineer': 'go', devops: 'go', lead: 'go' });
  });

  it('is outdated for the role whose section has new evidence, and for the one that covers everything', () => {
    const sight = withItem(sightOf(), 'disk', { status: 'fail', evidence: [measured('disk', '12 GB')] });
    const found = standings(everybody(), { sight });
    expect(verdicts(everybody(), { sight })).toEqual({
      'ml-engineer': 'go',
      devops: 'outdated',
      lead: 'outdated',
    });
    const text =
      'The disk: was done, now fail; measured disk pass 612 GB and disk on prd-2 pass 598 GB, now disk pass 12 GB.';
    const differences = [{ subject: 'items', about: 'disk', change: 'changed', text }];
    expect(found.devops?.answers[0]?.differences).toEqual(differences);
    expect(found.lead?.answers[0]?.differences).toEqual(differences);
    expect(found.devops?.lacks).toBe('bob@example.com said go of something that has changed since');
  });

  it('counts again when what changed is again as it was', () => {
    const sight = withItem(withItem(sightOf(), 'disk', { status: 'stale' }), 'disk', { status: 'done' });
    expect(verdicts(everybody(), { sight }).devops).toBe('go');
  });

  it('says that something changed where the documents that were signed are not here', () => {
    const sight = withItem(sightOf(), 'disk', { status: 'fail' });
    const { devops } = standings(everybody(), { sight, documents: () => null });
    expect(devops?.answers[0]?.differences).toMatchObject([
      { subject: 'items', about: null, change: 'unknown' },
    ]);
  });

  it('tells runbooks, artifacts, policy, text and items that came or went', () => {
    const before = sightOf();
    const after: Sight = {
      sections: before.sections.map((one) => (one.id === 's-ops' ? { ...one, text: 'Other words' } : one)),
      items: [...before.items.slice(1), itemOf('new', 's-ops')],
      policy: { roles: [] },
      runbooks: [{ file: 'runbooks/deploy.yaml', sha256: 'c'.repeat(64) }],
      artifacts: [],
    };
    const told = standings(everybody(), { sight: after }).lead?.answers[0]?.differences.map(
      ({ text }) => text,
    );
    expect(told).toEqual([
      'The text of Operations has changed.',
      'The sharpe is gone.',
      'The new is new.',
      'The policy of the pack has changed: who decides, what is checked, and how.',
      'runbooks/deploy.yaml has changed.',
      'model.onnx is gone.',
    ]);
  });

  it('differs from today exactly where a difference is told, and names exactly the items that changed', () => {
    const statuses = fc.record({
      sharpe: fc.constantFrom('done', 'pass', 'fail'),
      drift: fc.constantFrom('done', 'open'),
      disk: fc.constantFrom('done', 'fail'),
      alarms: fc.constantFrom('done', 'waived'),
    });
    fc.assert(
      fc.property(statuses, statuses, fc.constantFrom(model, ops, lead), (was, is, { sections }) => {
        const [before, after] = [was, is].map((all) =>
          Object.entries(all).reduce((sight, [id, status]) => withItem(sight, id, { status }), sightOf()),
        ) as [Sight, Sight];
        const entry = new Writer('ada@example.com').answer('any', 'go', before, sections);
        const today = subjectsFor(after, sections);
        const told = differencesSince(entry.statement.subject, today, documentsOf(before));
        const changed = before.items.filter(
          ({ section }, index) =>
            (sections === null || sections.has(section)) &&
            before.items[index]?.status !== after.items[index]?.status,
        );
        expect(told.map(({ about }) => about)).toEqual(changed.map(({ id }) => id));
      }),
    );
  });
});

describe('a no-go', () => {
  it('sticks whatever changes and whoever else says go, until its own role takes it back', () => {
    const people = [
      new Writer('alan@example.com'),
      new Writer('bob@example.com'),
      new Writer('eve@example.com'),
    ] as const;
    const move = fc.record({
      who: fc.integer({ min: 0, max: 2 }),
      role: fc.constantFrom('ml-engineer', 'devops', 'lead'),
      says: fc.constantFrom('go', 'abstain', 'withdraw'),
      status: fc.constantFrom('done', 'fail', 'stale'),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 8 }), (moves) => {
        const ada = new Writer('ada@example.com');
        const noGo = ada.answer('ml-engineer', 'no-go', sightOf(), modelSections);
        let sight = sightOf();
        const later = moves.flatMap(({ who, role, says, status }) => {
          sight = withItem(sight, 'sharpe', { status });
          const writer = people[who];
          if (!writer) return [];
          writer.see(noGo);
          // Alan is of the same role, so his withdrawal would count; the others' do not.
          if (says === 'withdraw') return who === 0 ? [] : [writer.withdraw('ml-engineer', noGo)];
          return [writer.answer(role, says as 'go', sight, model.sections)];
        });
        expect(standings([...later, noGo], { sight })['ml-engineer']?.verdict).toBe('no-go');
        const back = new Writer('alan@example.com', 'desk').see(noGo).withdraw('ml-engineer', noGo);
        expect(standings([back, noGo, ...later], { sight })['ml-engineer']?.verdict).not.toBe('no-go');
        const changedMind = ada.answer('ml-engineer', 'go', sight, modelSections);
        expect(standings([noGo, changedMind], { sight })['ml-engineer']?.verdict).toBe('go');
      }),
      { numRuns: 60 },
    );
  });

  it('is not replaced by a go that the same person said elsewhere without knowing of it', () => {
    const noGo = new Writer('ada@example.com', 'laptop').answer(
      'ml-engineer',
      'no-go',
      sightOf(),
      modelSections,
    );
    const go = new Writer('ada@example.com', 'desk').answer('ml-engineer', 'go', sightOf(), modelSections);
    expect(verdicts([go, noGo])['ml-engineer']).toBe('no-go');
    const settled = new Writer('ada@example.com', 'phone').see(go, noGo);
    const again = settled.answer('ml-engineer', 'go', sightOf(), modelSections);
    expect(verdicts([again, go, noGo])['ml-engineer']).toBe('go');
  });
});

describe('the policy of a role', () => {
  const at = (silentFrom: string) => ({ policies: [{ ...lead, silentFrom: new Date(silentFrom) }] });
  const go = (author: string) => new Writer(author).answer('lead', 'go', sightOf());

  it('asks for as many different people as it says', () => {
    const policies = [{ ...lead, approvals: 2 }];
    const [eve, mallory] = [go('eve@example.com'), go('mallory@example.com')];
    expect(standings([eve], { policies }).lead).toMatchObject({
      verdict: 'missing',
      lacks: '1 of 2 people said go',
    });
    expect(verdicts([eve, go('eve@example.com')], { policies }).lead).toBe('missing');
    expect(verdicts([eve, mallory], { policies }).lead).toBe('go');
  });

  it('hears only those who may sign for it', () => {
    expect(verdicts([go('eve@elsewhere.org')]).lead).toBe('missing');
  });

  it('does not count one person for two roles that exclude each other', () => {
    const ada = new Writer('ada@example.com');
    const both = [ada.answer('devops', 'go', sightOf(), ops.sections), ada.answer('lead', 'go', sightOf())];
    expect(verdicts(both)).toMatchObject({ devops: 'not-entitled', lead: 'not-entitled' });
    expect(standings(both).lead?.lacks).toBe('ada@example.com answers as devops too; another person must');
  });

  it('does not count who deploys where it says so', () => {
    const deployers = new Set(['eve@example.com']);
    const policies = [{ ...lead, deployerMaySign: false }];
    expect(verdicts([go('eve@example.com')], { policies, deployers }).lead).toBe('not-entitled');
    expect(verdicts([go('eve@example.com')], { deployers }).lead).toBe('go');
  });

  it('makes silence a no-go once the time is over, and an outdated answer with it', () => {
    const sight = withItem(sightOf(), 'disk', { status: 'fail' });
    expect(verdicts([], at('2026-11-24T10:00:01Z')).lead).toBe('missing');
    expect(verdicts([], at('2026-11-24T10:00:00Z')).lead).toBe('silent');
    expect(verdicts([go('eve@example.com')], { ...at('2026-11-24T09:00:00Z'), sight }).lead).toBe('silent');
    expect(verdicts([go('eve@example.com')], at('2026-11-24T09:00:00Z')).lead).toBe('go');
  });

  it('does not take an abstention or two words of one person for a go', () => {
    const said = (answer: 'abstain' | 'go-with-condition', device: string) =>
      new Writer('eve@example.com', device).answer('lead', answer, sightOf());
    expect(verdicts([said('abstain', 'a')]).lead).toBe('abstain');
    expect(verdicts([said('go-with-condition', 'a')]).lead).toBe('go-with-condition');
    expect(verdicts([said('abstain', 'a'), said('go-with-condition', 'b')]).lead).toBe('conflict');
  });

  it('gives the same verdicts in whatever order the entries come', () => {
    const entries = everybody();
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
        expect(standings(shuffled)).toEqual(standings(entries));
      }),
    );
  });
});
