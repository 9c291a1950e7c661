/**
 * The line above a column of a plugin's table that holds the key of another model's row: the database deletes the row
 * with that one, and changes the column with its key. It stands for a relation, which would need a field in the other
 * model.
 */
export const ownerLine = (model: string, key: string): string =>
  `// Foreign key: ${model}.${key}. The row goes with that one; queries know no relation.`

/** Finds such a line, and model and key in it. */
export const OWNER_LINE = /^\s*\/\/ Foreign key: (\w+)\.(\w+)\. /
