import { useSyncExternalStore } from 'react';
import type { ItemState } from '../../shared/contract/common.ts';

export interface DraftMark {
  item: string;
  title: string;
  state: ItemState;
  reason: string;
}

export interface DraftComment {
  /** Null for what is about the whole. */
  item: string | null;
  text: string;
}

/** What a reviewer has gathered and not signed yet. It outlives the screen, so that one can look things up meanwhile. */
export interface Draft {
  marks: readonly DraftMark[];
  comments: readonly DraftComment[];
}

const nothing: Draft = { marks: [], comments: [] };
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();

/** The draft of a launch, and the way to change it. */
export function useDraft(launch: string): [Draft, (draft: Draft) => void] {
  const draft = useSyncExternalStore(listen, () => drafts.get(launch) ?? nothing);
  return [
    draft,
    (next) => {
      drafts.set(launch, next);
      for (const listener of listeners) listener();
    },
  ];
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A second mark of an item takes the place of the first. */
export function withMark({ marks, comments }: Draft, mark: DraftMark): Draft {
  return { marks: [...marks.filter(({ item }) => item !== mark.item), mark], comments };
}

export function isEmpty({ marks, comments }: Draft): boolean {
  return marks.length === 0 && comments.length === 0;
}

export const emptyDraft = nothing;
