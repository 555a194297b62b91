import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useService } from '../app/index.ts';
import { Choice, TextField } from '../ui/index.ts';
import type { About } from './draft.ts';

const mostFound = 6;

/** Finds an item by its words. One that is the only one found is chosen. */
export function ItemChoice({
  label,
  hint,
  about,
  onChange,
  autoFocus = false,
}: {
  label: string;
  hint?: string;
  about: About;
  onChange: (about: About) => void;
  autoFocus?: boolean;
}) {
  const { queries } = useService();
  const items = useQuery(queries.checklist.get.queryOptions()).data?.items ?? [];
  const [words, setWords] = useState('');
  const find = (text: string) => {
    const wanted = text.trim().toLowerCase().split(/\s+/);
    return text.trim() === ''
      ? []
      : items
          .filter(({ title }) => wanted.every((word) => title.toLowerCase().includes(word)))
          .slice(0, mostFound);
  };
  const choose = (found: (typeof items)[number] | undefined) =>
    onChange(found ? { item: found.id, title: found.title } : null);
  const found = find(words);
  return (
    <>
      <TextField
        label={label}
        hint={hint}
        value={words}
        onChange={(next) => {
          setWords(next);
          const [only, ...others] = find(next);
          choose(others.length === 0 ? only : undefined);
        }}
        autoFocus={autoFocus}
      />
      {found.length > 0 && (
        <Choice
          label="Item"
          options={found.map(({ id, title, status, reason: known }) => ({
            value: id,
            label: title,
            about: [status, known].filter(Boolean).join(': '),
          }))}
          value={about?.item ?? null}
          onChange={(id) => choose(found.find((one) => one.id === id))}
        />
      )}
      {words.trim() !== '' && found.length === 0 && <p className="soft">No item has these words.</p>}
    </>
  );
}

export const wholeHint = 'Empty: about the launch as a whole.';
