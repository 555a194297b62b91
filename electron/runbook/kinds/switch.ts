import { posix } from 'node:path';
import { z } from 'zod';
import { fields } from '../../pack/index.ts';
import { fillPlain, type Values } from '../text.ts';
import { type CompileContext, kindOf, ownScript, type Script } from './kind.ts';

const schema = z.strictObject({
  switch: z.strictObject({
    link: fields.text().meta({ description: 'The symbolic link through which the system is served.' }),
    to: fields.text().default('release').meta({
      description:
        '`release`: the one this run unpacked. `previous`: the last one whose run ended well. Or a path.',
    }),
  }),
});
type Spec = z.infer<typeof schema>;

/** Makes the new link beside the old one and renames it over: there is no moment without a link. */
const point = `
if [ ! -d "$HP_TO" ]; then echo "$HP_TO is not a folder on this host"; exit 1; fi
if [ -e "$HP_LINK" ] && [ ! -L "$HP_LINK" ]; then
  echo "$HP_LINK is not a symbolic link. Move it away by hand."
  exit 1
fi
before=$(readlink -- "$HP_LINK" || echo nothing)
next=$HP_LINK.next-$HP_RUN
rm -f -- "$next"
ln -s -- "$HP_TO" "$next"
mv -T -- "$next" "$HP_LINK" 2>/dev/null || mv -h -- "$next" "$HP_LINK" 2>/dev/null || {
  rm -f -- "$next"
  ln -sfn -- "$HP_TO" "$HP_LINK"
}
echo "$HP_LINK pointed to $before, points to $(readlink -- "$HP_LINK")"
`;

export const switchLink = kindOf<Spec>({
  kind: 'switch',
  style: 'script',
  where: 'hosts',
  serves: true,
  about: 'Points a symbolic link to a release, atomically.',
  schema,
  timeoutMs: 60_000,
  title: ({ switch: { link, to } }, values) =>
    `Switch ${fillPlain(link, values).split('/').at(-1)} → ${nameOf(to, values)}`,
  compile: ({ switch: { link, to } }, context) => pointTo(folderOf(to, context), link, context),
  undo: ({ switch: { link } }, context) =>
    context.previousFolder === '' ? null : pointTo(context.previousFolder, link, context),
  undoText: (_spec, { known }) => (known.previous ? `back to ${known.previous}` : ''),
});

function pointTo(folder: string, link: string, { values, run }: CompileContext): Script {
  return ownScript(point, { HP_TO: folder, HP_LINK: fillPlain(link, values), HP_RUN: run });
}

function folderOf(to: string, context: CompileContext): string {
  if (to === 'previous') {
    if (context.previousFolder === '') {
      throw new Error(
        `${context.host} has no earlier release whose run ended well, so there is nothing to switch back to.`,
      );
    }
    return context.previousFolder;
  }
  if (to === 'release') {
    const into = context.releasesFolder;
    if (into === '')
      throw new Error('No `release` step stands before this `switch`. Say where to switch to with `to:`.');
    return posix.join(into, context.values.known.release ?? '');
  }
  return fillPlain(to, context.values);
}

function nameOf(to: string, values: Values): string {
  if (to === 'release') return values.known.version ?? '';
  if (to === 'previous') return values.known.previous || 'the previous release';
  return fillPlain(to, values);
}
