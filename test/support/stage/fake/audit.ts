import type { Client } from '../../../../shared/contract/index.ts';
import type { World } from './world.ts';

const home = '/home/operator/';
/** What lies on the stage's disk. */
const paths = [
  'launches/ranker/',
  'launches/apex/',
  'Downloads/',
  'Downloads/review.zip',
  'Downloads/notes.zip',
].map((path) => `${home}${path}`);

/** The stage has no printer, and one launch before the one that is open. */
export function fakeAudit(world: World): Pick<Client, 'audit' | 'paths'> {
  const why = 'No PDF can be made here: there is no browser on a stage. Print report.html from any browser.';
  const scope = (period: { from: string | null } | null) => {
    const { launch, signoff } = world.state;
    const open = launch ? [{ ...launch, signatures: signoff.view.signatures }] : [];
    const earlier = {
      id: 'ranker@0.1.0',
      system: 'ranker',
      version: '0.1.0',
      mode: 'rehearsal' as const,
      signatures: 0,
    };
    if (!period) return open;
    return (period.from ?? '') > '2030' ? [] : [earlier, ...open];
  };
  return {
    audit: {
      scope: async ({ period }) => ({ launches: scope(period), pdf: { can: false, why } }),
      write: async ({ period, path }) => ({
        path: path.replace(/^~\//, home),
        launches: scope(period).length,
        files: 31,
        digest: '4f1c09aa77be12d0'.repeat(4),
        withoutPdf: why,
      }),
    },
    paths: {
      pick: async () => null,
      complete: async ({ typed, files }) => {
        const cut = typed.lastIndexOf('/') + 1;
        const found = paths.filter(
          (path) => path.startsWith(typed) && path.length > typed.length && (files || path.endsWith('/')),
        );
        const direct = found.filter((path) => !path.slice(cut, -1).includes('/'));
        return {
          paths: direct.map((path) => ({
            path,
            name: path.slice(cut).replace('/', ''),
            kind: path.endsWith('/') ? ('folder' as const) : ('file' as const),
          })),
          more: 0,
          problem: '',
        };
      },
    },
  };
}
