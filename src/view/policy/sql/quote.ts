/** A name in SQL, whatever it is. */
export const ident = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A text in SQL. PostgreSQL takes a backslash for itself. */
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** Schema of the functions that policies call. */
export const OWN = 'ssot_rls'

/** A text within a block that ends at `$ssot$`. */
export const blockText = (value: string): string => text(value).replaceAll('$ssot$', "$ss' || 'ot$")
