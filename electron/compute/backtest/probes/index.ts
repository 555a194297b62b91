export * from './deal.ts';
export * from './labels.ts';
export * from './lag.ts';
export * from './truncation.ts';
