import { userInfo } from 'node:os';
import { z } from 'zod';
import { mode } from '../../shared/contract/common.ts';
import { type Settings, settings as settingsSchema } from '../../shared/contract/settings.ts';
import { type ReviewDraft, reviewDraft } from '../../shared/contract/signoff.ts';
import type { Tables } from '../journal/index.ts';

const recentPack = z.object({
  folder: z.string(),
  system: z.string(),
  version: z.string(),
  mode,
  openedAt: z.string(),
});
export type RecentPack = z.infer<typeof recentPack>;

const keptRecent = 12;
const emptyDraft: ReviewDraft = { marks: [], comments: [], attachments: [] };
const draftOf = (launch: string) => `draft ${launch}`;

export interface SettingsStore {
  get(): Settings;
  set(changes: Partial<Settings>): Settings;
  /** Packs opened before, newest first. */
  recent(): RecentPack[];
  remember(pack: RecentPack): void;
  /** The pack that nobody has closed since it was opened: where the person left off. */
  leftOpen(): OpenPack | null;
  setLeftOpen(pack: OpenPack | null): void;
  /** What the person has gathered for a review of a launch. Nothing is said with it until it is signed. */
  draft(launch: string): ReviewDraft;
  setDraft(launch: string, draft: ReviewDraft): void;
  /** Where a launch was exchanged last; empty before the first time. */
  sharedFolder(launch: string): string;
  setSharedFolder(launch: string, path: string): void;
}

const openPack = recentPack.pick({ folder: true, mode: true });
export type OpenPack = z.infer<typeof openPack>;

/** Keeps settings in the journal's database, outside the journal: they are nobody's evidence. */
export function createSettings(tables: Tables): SettingsStore {
  const read = <Schema extends z.ZodType>(key: string, schema: Schema): z.output<Schema> | null => {
    const text = tables.prepare('SELECT value FROM setting WHERE key = ?').pluck().get(key) as
      | string
      | undefined;
    const parsed = text === undefined ? null : schema.safeParse(JSON.parse(text));
    return parsed?.success ? parsed.data : null;
  };
  const write = (key: string, value: unknown) => {
    tables
      .prepare('INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value')
      .run(key, JSON.stringify(value));
  };

  const get = (): Settings => ({
    ...{ name: userInfo().username, theme: 'system' },
    ...read('settings', settingsSchema.partial()),
  });
  const recent = () => read('recent', z.array(recentPack)) ?? [];
  return {
    get,
    set(changes) {
      write('settings', { ...get(), ...changes });
      return get();
    },
    recent,
    leftOpen: () => read('left open', openPack),
    setLeftOpen: (pack) => write('left open', pack),
    draft: (launch) => read(draftOf(launch), reviewDraft) ?? emptyDraft,
    setDraft: (launch, draft) => write(draftOf(launch), draft),
    sharedFolder: (launch) => read(`shared ${launch}`, z.string()) ?? '',
    setSharedFolder: (launch, path) => write(`shared ${launch}`, path),
    remember(pack) {
      const others = recent().filter(({ folder, mode }) => folder !== pack.folder || mode !== pack.mode);
      write('recent', [pack, ...others].slice(0, keptRecent));
    },
  };
}
