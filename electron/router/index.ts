/** Answers the contract: one file a domain, each a thin hand from a procedure to the domain that does the work. */
export { createRouter } from './router.ts';
