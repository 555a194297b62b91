/**
 * Tables of any size: `openTable` makes one relation of Parquet or CSV files, with their columns, dates and codes as they
 * should be, for DuckDB to work on. What cannot be used is a `DataError` that names file, row, column and what to change.
 */
export { type Chunk, type ColumnVector, type Duck, named, openDuck, type Row } from './duck.ts';
export { readingFailed } from './failures.ts';
export { findTableFiles, type TableFiles } from './files.ts';
export { type Keys, openTable, type Table, type TableColumn } from './open.ts';
export { openSamples, type Samples } from './samples.ts';
export { type TableFormat, type TableRows, tableFormats, writeTables } from './write.ts';
