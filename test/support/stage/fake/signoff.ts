import type { Client } from '../../../../shared/contract/index.ts';
import type { ReviewDraft, Sharing, SigningPrompt } from '../../../../shared/contract/signoff.ts';
import { stream } from './stream.ts';
import type { World } from './world.ts';

/** What unlocks every key of the stage. */
const passphrase = 'open sesame';

/** Signatures of the stage: they ask for a passphrase as `ssh-keygen` does, and change what the roles say. */
export function fakeSignoff(world: World): Client['signoff'] {
  const watchers = new Set<(prompt: SigningPrompt) => void>();
  const waiting = new Map<number, (answer: string | null) => void>();
  let last = 0;
  const tell = (prompt: SigningPrompt) => {
    for (const watcher of watchers) watcher(prompt);
  };
  const ask = async (keyFile: string, signal?: AbortSignal) => {
    last += 1;
    const prompt = { id: last, kind: 'secret' as const, text: `Enter passphrase for "${keyFile}": ` };
    const given = await new Promise<string | null>((resolve) => {
      waiting.set(prompt.id, resolve);
      signal?.addEventListener('abort', () => resolve(null));
      tell({ ...prompt, open: true });
    });
    tell({ ...prompt, open: false });
    if (given === null) throw new Error('Nothing was signed: the prompt was ended.');
    if (given !== passphrase)
      throw new Error(`The passphrase of ${keyFile} is not right. Nothing was signed.`);
  };
  const state = () => world.state.signoff;
  const change = (view: Partial<ReturnType<typeof state>['view']>) => {
    world.state.signoff = { ...state(), view: { ...state().view, ...view } };
    world.emit({ topic: 'board' });
    return state().view;
  };
  const sign = (role: string, author: string, answer: Partial<ReturnType<typeof standingOf>>) =>
    change({
      standings: state().view.standings.map((one) =>
        one.role === role ? { ...one, ...standingOf(author), ...answer } : one,
      ),
    });

  const nothing = { marks: [], comments: [], attachments: [] };
  const kept = new Map<string, string>();
  let draft: ReviewDraft = nothing;
  let sharing: Sharing | null = null;
  const signReview = async (
    { as, keyFile }: { as: string; keyFile: string },
    { marks, comments, attachments }: ReviewDraft,
    signal?: AbortSignal,
  ) => {
    await ask(keyFile, signal);
    const said = { entry: `e${last}`, author: as, claimedAt: new Date().toISOString() };
    const others = state().view.reviewed.filter(({ item }) => !marks.some((mark) => mark.item === item));
    const marked = marks.map(({ item, title, state: to, reason }) => ({
      ...{ item, title, path: [], disputed: false },
      marks: [{ ...said, state: to, reason }],
    }));
    const { view } = state();
    return change({
      reviewed: [...marked, ...others],
      comments: [...view.comments, ...comments.map((one) => ({ ...said, ...one }))],
      attachments: [...view.attachments, ...attachments.map((one) => ({ ...said, ...one, there: true }))],
    });
  };

  return {
    get: async () => state().view,
    draft: async () => draft,
    saveDraft: async (next) => {
      draft = next;
      return draft;
    },
    attach: async ({ name, bytes }) => {
      const sha256 = `${name.length}`.padStart(64, 'a');
      kept.set(sha256, bytes);
      return { name, sha256, bytes: atob(bytes).length };
    },
    attachment: async ({ sha256 }) => ({ bytes: kept.get(sha256) ?? '' }),
    signDraft: async (by, { signal } = {}) => {
      const signed = await signReview(by, draft, signal);
      draft = nothing;
      return signed;
    },
    signers: async () => state().signers,
    makeKey: async ({ passphrase: given }) => {
      if (given === '') throw new Error('Give a passphrase of one line.');
      const [key] = state().signers.keys;
      const keyFile = '/home/operator/.ssh/id_ed25519_holdpoint';
      const why = 'allowed_signers has no line with this key.';
      const line = key?.line ?? 'NAME namespaces="holdpoint-signoff" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5';
      const made = {
        type: 'ssh-ed25519',
        fingerprint: 'SHA256:new',
        comment: '',
        inAgent: false,
        about: '',
        names: [],
      };
      world.state.signoff = {
        ...state(),
        signers: { ...state().signers, keys: [...state().signers.keys, { ...made, keyFile, why, line }] },
      };
      return state().signers;
    },
    toSign: async () => state().toSign,
    sign: async ({ role, as, keyFile, value, condition = '' }, { signal } = {}) => {
      await ask(keyFile, signal);
      world.log('signoff.kept', `Kept the answer ${value} as ${role}, signed by ${as}`, { to: 'role', role });
      const verdict = value;
      const answers = standingOf(as).answers.map((one) => ({ ...one, answer: value, condition }));
      return sign(role, as, {
        verdict,
        answers,
        lacks: value === 'no-go' ? `${as} says no-go: ${condition}` : '',
      });
    },
    takeOver: async ({ items }) => {
      const agreed = state().view.reviewed.filter(({ item, disputed }) => items?.includes(item) ?? !disputed);
      const taken = agreed.map(({ item, title, marks }) => ({
        item,
        title,
        state: marks[0]?.state ?? 'open',
      }));
      return { taken, left: [] };
    },
    withdraw: async ({ role, as, keyFile }, { signal } = {}) => {
      await ask(keyFile, signal);
      return sign(role, as, { verdict: 'missing', answers: [], lacks: 'has not answered' });
    },
    review: async ({ as, keyFile, marks }, { signal } = {}) => {
      const titled = marks.map(({ item, state: to, reason = '' }) => ({
        ...{ item, reason, state: to },
        title: world.item(item).title,
      }));
      return signReview({ as, keyFile }, { ...nothing, marks: titled }, signal);
    },
    readReview: async () => ({ ok: true, draft: nothing }),
    watchPrompts: async (_input, { signal } = {}) =>
      stream((push) => {
        watchers.add(push);
        return () => watchers.delete(push);
      }, signal),
    answerPrompt: async ({ id, answer }) => {
      waiting.get(id)?.(answer);
      return null;
    },
    export: async ({ path }) => {
      if (!path.startsWith('/'))
        throw new Error(`Write the whole path, from / on: ${path} could be anywhere.`);
      return { files: 14, sha256: '9c1d'.repeat(16), leftOut: [] };
    },
    import: async ({ path, keep }) => {
      if (!path.startsWith('/'))
        throw new Error(`Write the whole path, from / on: ${path} could be anywhere.`);
      const { file } = state();
      if (keep) world.state.signoff = { ...state(), file: { ...file, added: [], effects: [], known: 5 } };
      if (keep) world.emit({ topic: 'board' });
      return file;
    },
    sharing: async () => sharing,
    sharedFolder: async () => ({ path: '/mnt/team/ranker' }),
    exchange: async ({ path, keep }, { signal } = {}) => {
      if (keep && path.includes('slow')) {
        sharing = { done: 1_200, total: 20_001 };
        world.emit({ topic: 'sharing' });
        await new Promise((resolve) => signal?.addEventListener('abort', resolve));
        sharing = null;
        throw new Error('Stopped when 1200 of 20001 files were added.');
      }
      const { file } = state();
      if (keep) world.state.signoff = { ...state(), file: { ...file, added: [], effects: [], known: 5 } };
      return { ...file, adds: 4 };
    },
  };
}

type Standing = World['state']['signoff']['view']['standings'][number];

function standingOf(author: string): Pick<Standing, 'verdict' | 'lacks' | 'answers'> {
  const claimedAt = new Date().toISOString();
  const answer = {
    id: 'e',
    author,
    answer: 'go' as const,
    condition: '',
    claimedAt,
    differences: [],
    lacks: '',
  };
  return { verdict: 'go', lacks: '', answers: [answer] };
}
