/** How a cell of text says that it is not known; as everywhere in CSV here. */
const missing = ['', 'nan', 'null', 'none', 'na', 'n/a'];

/** SQL: whether a text is none or says that it is not known. */
export function missingText(column: string): string {
  const words = missing.map((word) => `'${word}'`).join(', ');
  return `(${column} IS NULL OR lower(trim(${column})) IN (${words}))`;
}

/** SQL: whether a text is a known number. */
export function isNumber(column: string): string {
  return `(NOT ${missingText(column)} AND try_cast(trim(${column}) AS DOUBLE) IS NOT NULL)`;
}

/** SQL: the number that a text is, or null. */
export function numberOf(column: string): string {
  return `CASE WHEN ${isNumber(column)} THEN try_cast(trim(${column}) AS DOUBLE) END`;
}

const numberTypes = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN)$/;

export type ColumnType = 'number' | 'text' | 'date' | 'other';

/** What a column of DuckDB's type is to us. */
export function columnType(type: string): ColumnType {
  if (numberTypes.test(type)) return 'number';
  if (type === 'VARCHAR' || type.startsWith('ENUM')) return 'text';
  return type === 'DATE' || type.startsWith('TIMESTAMP') ? 'date' : 'other';
}
