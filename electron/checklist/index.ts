/**
 * Markdown in and out: a GFM document as sections and items, what was said of them in this launch, and the one
 * character that is written back.
 *
 * `openChecklist` keeps the checklist of a launch; `parseDocument` and `lint` read a document that belongs to none.
 */
export { type Resolved, resolveItems, resolveSection } from './address.ts';
export { assembleChecklist, assembleItems, type Facts } from './assemble.ts';
export { type Bindings, type Bound, bind, noBindings } from './bindings.ts';
export {
  type ChecklistChange,
  type ChecklistOptions,
  type OpenChecklist,
  openChecklist,
} from './checklist.ts';
export type { PackThreshold } from './contradictions.ts';
export type { ContactLine, Document, DocumentItem, DocumentSection } from './document/document.ts';
export { parseDocument } from './document/parse.ts';
export { ChecklistError, type ChecklistErrorCode } from './errors.ts';
export { readSource, type Source } from './file/source.ts';
export { lint } from './lint.ts';
export { checklistTellers, describeEntry } from './records/describe.ts';
export {
  itemAnswered,
  itemMarked,
  itemOverridden,
  itemOverrideWithdrawn,
  itemRematched,
} from './records/entries.ts';
export { checklistProjection } from './records/projection.ts';
