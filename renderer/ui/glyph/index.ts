export { Glyph } from './glyph.tsx';
export { type GlyphKind, glyphs, type Tone } from './kinds.ts';
