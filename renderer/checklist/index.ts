/** The checklist: every item with what is known of it, and what is wrong with the document itself. */
export { ChecklistScreen } from './checklist-screen.tsx';
export { type FilterName, filterNames } from './filters.ts';
export { FindingsScreen } from './findings-screen.tsx';
