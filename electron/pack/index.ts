/**
 * Launch packs: a folder of YAML files that people write by hand, read whole, with every mistake in its place.
 *
 * `readPack` takes the kinds of checks and steps from the floors above; they build their schemas from `fields`, whose
 * references the reader then follows, and from `httpSpec` where they ask a service. What it gives is free of problems,
 * but for the addresses of items and headings: the checklist says whether those match. `readSingleFile` reads other files
 * that people write by hand, by the same rules.
 */
export * as fields from './fields.ts';
export { sayFileError } from './files.ts';
export { type HttpSpec, httpSpec, type RequestLine, requestLine } from './http-spec.ts';
export { type JsonSchema, packSchemas, toJsonSchema } from './json-schema.ts';
export { pathProblem } from './pack-path.ts';
export { renderProblems } from './problems.ts';
export { type Kinds, readPack } from './read.ts';
export { readSingleFile } from './single-file.ts';
export type * from './types.ts';
