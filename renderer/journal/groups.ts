/** What the timeline can be narrowed to, and the first words of the kinds of entry that are meant. */
export const groups = {
  all: { label: 'All', kinds: [] },
  pinned: { label: 'Pinned', kinds: [] },
  item: { label: 'Items', kinds: ['item'] },
  check: { label: 'Checks', kinds: ['check'] },
  role: { label: 'Roles', kinds: ['role'] },
  signoff: { label: 'Signed', kinds: ['signoff'] },
  run: { label: 'Runs', kinds: ['run'] },
  trial: { label: 'Trials', kinds: ['trial'] },
  model: { label: 'Models', kinds: ['model'] },
  clock: { label: 'Clock', kinds: ['clock'] },
  pack: { label: 'Pack', kinds: ['launch', 'checklist'] },
} as const satisfies Record<string, { label: string; kinds: readonly string[] }>;

export type Group = keyof typeof groups;
