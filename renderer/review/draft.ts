import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReviewDraft } from '../../shared/contract/signoff.ts';
import { useAction, useService } from '../app/index.ts';

export type Draft = ReviewDraft;
export type DraftMark = Draft['marks'][number];

/** What something is about; null for the launch as a whole. */
export type About = Pick<DraftMark, 'item' | 'title'> | null;

export const nothing: Draft = { marks: [], comments: [], attachments: [] };

/** What a reviewer has gathered and not signed yet, and the way to change it. The service keeps it. */
export function useDraft(): [Draft, (draft: Draft) => void] {
  const { client, queries } = useService();
  const cache = useQueryClient();
  const key = queries.signoff.draft.queryKey();
  const draft = useQuery(queries.signoff.draft.queryOptions()).data ?? nothing;
  const save = useAction(client.signoff.saveDraft, { failure: 'The review was not kept' });
  return [
    draft,
    (next) => {
      cache.setQueryData(key, next);
      save.run(next);
    },
  ];
}

/** A second mark of an item takes the place of the first. */
export function withMark(draft: Draft, mark: DraftMark): Draft {
  return { ...draft, marks: [...draft.marks.filter(({ item }) => item !== mark.item), mark] };
}

export function aboutWords(about: About): { item: string | null; title: string } {
  return about ?? { item: null, title: '' };
}

export function sizeOf({ marks, comments, attachments }: Draft): number {
  return marks.length + comments.length + attachments.length;
}
