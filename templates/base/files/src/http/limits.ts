/** What one request may ask for. Everything above these figures is answered with 400. */

/** Rows per page when `take` is left out, and at most. */
export const DEFAULT_TAKE = 20
export const MAX_TAKE = 100
/** Rows of a to-many relation in one answer; the rest is read through the relation's own routes. */
export const MAX_INCLUDED = 100
/** Rows of to-many relations that are read for one page, of all its rows together. */
export const MAX_RELATED = 5000
/** Rows that `take` and the included to-many relations may add up to. */
export const MAX_ROWS = 250_000
/** Relations that a path in `where`, `orderBy`, `include`, `select` or a nested write may cross. */
export const MAX_DEPTH = 3
/** Conditions in one `where`, `AND`, `OR` and `NOT` included. */
export const MAX_CONDITIONS = 100
/** Characters of `contains`, `startsWith` and `endsWith`: SQLite takes patterns of at most 50,000 bytes. */
export const MAX_PATTERN = 5000
/** Values of `in`, `notIn`, `hasSome` and `hasEvery`. */
export const MAX_VALUES = 100
/** Paths in `include`, `select` and `orderBy`. */
export const MAX_PATHS = 50
/** Rows of a bulk write. */
export const MAX_BULK = 1000
/** Rows that one nested write may connect or create. */
export const MAX_NESTED = 100
/** Rows that all nested writes of one request may name or create. */
export const MAX_NESTED_ROWS = 1000
/** Levels of arrays and objects in a JSON value. */
export const MAX_JSON_DEPTH = 64
