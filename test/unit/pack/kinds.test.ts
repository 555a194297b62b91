import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fields, type KindSchema, readPack, renderProblems } from '../../../electron/pack/index.ts';
import { kinds, packOf, smallest } from './support.ts';

const kind = (name: string, shape: z.core.$ZodLooseShape): KindSchema => ({
  kind: name,
  about: name,
  schema: z.strictObject(shape),
});

/** Reads a launch file with these kinds of checks. */
async function read(checkKinds: KindSchema[], rest: string) {
  const folder = packOf({ 'launch.yaml': smallest + rest });
  const result = await readPack(folder, { ...kinds, checkKinds });
  return result.ok ? result.pack.launch.checks : renderProblems(result.problems);
}

describe('kinds that other parts bring', () => {
  it('have any keys of their own beside the one that names them', async () => {
    const load = kind('load', { load: z.strictObject({ post: z.string() }), concurrent: z.int() });
    expect(
      await read([load], 'checks:\n  - item: A\n    load: { post: /p }\n    concurrent: 3\n'),
    ).toMatchObject([{ kind: 'load', spec: { load: { post: '/p' }, concurrent: 3 } }]);
    expect(await read([load], 'checks:\n  - item: A\n    load: { post: /p }\n')).toContain(
      '"concurrent" is missing.',
    );
  });

  it('keep their defaults, changes of value and conditions', async () => {
    const wait = kind('wait', {
      wait: z
        .strictObject({ min: fields.duration(), max: fields.duration().default(60_000) })
        .refine(({ min, max }) => min <= max, 'needs a min that is at most max'),
    });
    expect(await read([wait], 'checks:\n  - item: A\n    wait: { min: 2 s }\n')).toMatchObject([
      { spec: { wait: { min: 2000, max: 60_000 } } },
    ]);
    expect(await read([wait], 'checks:\n  - item: A\n    wait: { min: 2 min }\n')).toContain(
      'launch.yaml:6:11  checks[0].wait  "wait" needs a min that is at most max.',
    );
  });

  it('are told apart by their key, also where one stands inside another', async () => {
    const some = [
      kind('some', { some: z.array(z.strictObject({ any: z.string() })) }),
      kind('any', { any: z.string() }),
    ];
    expect(await read(some, 'checks:\n  - item: A\n    some: [{ any: x }]\n')).toMatchObject([
      { kind: 'some' },
    ]);
  });

  it('may refer to what the pack defines, and the reader follows', async () => {
    const refers = kind('refers', {
      refers: z.strictObject({
        roles: fields.oneOrMore(fields.reference('role')),
        places: z.record(fields.reference('place'), z.string()),
        item: fields.reference('item').optional(),
        either: z.union([z.literal('nobody'), fields.reference('role')]).optional(),
      }),
    });
    const rest = 'roles: { devops: {} }\ntargets: { production: { hosts: [prd-1] } }\nchecks:\n  - item: A\n';
    const good = '    refers: { roles: devops, places: { prd-1: x, production: y }, either: nobody }\n';
    expect(await read([refers], rest + good)).toHaveLength(1);
    const bad = '    refers: { roles: [devop], places: { prd-2: x }, either: noone }\n';
    const said = await read([refers], rest + bad);
    expect(said).toContain('checks[0].refers.roles[0]  "devop" is not a role.');
    expect(said).toContain('checks[0].refers.places.prd-2  "prd-2" is not a target or host.');
    expect(said).toContain('checks[0].refers.either  "noone" is not a role.');
  });

  it('must have the key that names them, and none that means something else', async () => {
    const reading = (...checkKinds: KindSchema[]) =>
      readPack(packOf({ 'launch.yaml': smallest }), { ...kinds, checkKinds });
    await expect(reading(kind('a', { b: z.string() }))).rejects.toThrow('The check kind "a" has no key "a"');
    await expect(reading(kind('a', { a: z.string(), on: z.string() }))).rejects.toThrow(
      'The check kind "a" takes the key "on", which means something else',
    );
    await expect(
      reading(kind('a', { a: z.string(), b: z.string() }), kind('b', { b: z.string() })),
    ).rejects.toThrow('The check kind "a" takes the key "b", which means something else');
  });
});
