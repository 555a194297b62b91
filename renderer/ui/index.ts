/**
 * The primitives every screen is made of, and the tokens of the three themes. They take data and report intent; none
 * knows the contract's client, the router or a screen. The log with its ANSI reader is apart, in `ui/log`, so that it
 * is loaded only where output is shown.
 */
export * from './age.tsx';
export * from './button.tsx';
export * from './code-block.tsx';
export * from './dialog.tsx';
export * from './empty-state.tsx';
export * from './facts.tsx';
export * from './fields.tsx';
export * from './file-field.tsx';
export * from './filters.tsx';
export * from './glyph/index.ts';
export * from './interval.ts';
export * from './interval-bar.tsx';
export * from './key-cap.tsx';
export * from './keys.ts';
export * from './landmark.ts';
export * from './list-head.tsx';
export * from './menu.tsx';
export * from './now.ts';
export * from './page.tsx';
export * from './panel.tsx';
export * from './platform.ts';
export * from './progress-bar.tsx';
export * from './rows.tsx';
export * from './scroll-area.tsx';
export * from './search-field.tsx';
export * from './segments.tsx';
export * from './sentence.tsx';
export * from './tag.tsx';
export * from './time.ts';
export { WorkBar } from './work-bar.tsx';
