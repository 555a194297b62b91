import type { Mode } from '../../shared/contract/common.ts';

/** Which pack is to be opened, kept so that it can be asked for again once its files are mended. */
export type Asked = { folder: string; mode: Mode } | { worked: string };
