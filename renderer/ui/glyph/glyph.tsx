import './glyph.css';
import { type GlyphKind, glyphs } from './kinds.ts';
import { shapes } from './shapes.tsx';

/**
 * A state as shape, word and colour. With `silent` the word stands beside it in the text already, and only then.
 */
export function Glyph({ kind, word, silent = false }: { kind: GlyphKind; word?: string; silent?: boolean }) {
  const { tone, word: usual } = glyphs[kind];
  const said = word ?? usual;
  const className = `glyph tone-${tone}${kind === 'running' ? ' glyph-turning' : ''}`;
  if (silent) {
    return (
      <svg className={className} viewBox="0 0 16 16" aria-hidden="true">
        {shapes[kind]}
      </svg>
    );
  }
  return (
    <svg className={className} viewBox="0 0 16 16" role="img" aria-label={said}>
      <title>{said}</title>
      {shapes[kind]}
    </svg>
  );
}
