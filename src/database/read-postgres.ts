import type { Driver } from './driver.js'
import { nameKey, type Dressing } from './dress.js'
import { escapeRegExp } from './regexp.js'

/** Text rows of a query; the first parameter is the list of schemas. */
async function rowsOf(db: Driver, sql: string, schemas: readonly string[]): Promise<string[][]> {
  const list = schemas.map((schema) => `'${schema.replaceAll("'", "''")}'`).join(', ')
  const { rows } = await db.query(sql.replaceAll('$SCHEMAS', list), [])
  return rows.map((row) => row.map(String))
}

/** The schemas that hold tables, `public` first and where there is none; those of PostgreSQL and of extensions aside. */
export async function usedSchemas(db: Driver): Promise<string[]> {
  const { rows } = await db.query(
    `SELECT DISTINCT n.nspname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema$)'
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')`,
    [],
  )
  const names = rows.map(([name]) => String(name)).sort()
  if (names.length === 0) return ['public']
  return [
    ...names.filter((name) => name === 'public'),
    ...names.filter((name) => name !== 'public'),
  ]
}

/** Comments and generated columns, which Prisma's introspection does not carry. */
export async function readDressing(db: Driver, schemas: readonly string[]): Promise<Dressing> {
  const comments = await rowsOf(db, COMMENTS, schemas)
  const generated = await rowsOf(db, GENERATED, schemas)
  return {
    comments: new Map(
      comments.map(([, schema = '', name = '', column = '', text = '']) => [
        column === '' ? nameKey(schema, name) : nameKey(schema, name, column),
        text,
      ]),
    ),
    generated: new Set(
      generated.map(([schema, table, column]) => nameKey(schema!, table!, column!)),
    ),
    defaultSchema: schemas[0] ?? 'public',
  }
}

const COMMENTS = `
  SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END,
    n.nspname::text, c.relname::text, coalesce(a.attname::text, ''), d.description
  FROM pg_description d
  JOIN pg_class c ON c.oid = d.objoid AND d.classoid = 'pg_class'::regclass AND c.relkind IN ('r', 'p', 'v', 'm')
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
  WHERE n.nspname IN ($SCHEMAS)
  UNION ALL
  SELECT 'TYPE', n.nspname::text, t.typname::text, '', d.description
  FROM pg_description d
  JOIN pg_type t ON t.oid = d.objoid AND d.classoid = 'pg_type'::regclass AND t.typtype = 'e'
  JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE n.nspname IN ($SCHEMAS)
  ORDER BY 1, 2, 3, 4`

/** Columns that no statement may give a value: generated ones, and identities that are always theirs. */
const GENERATED = `
  SELECT n.nspname::text, c.relname::text, a.attname::text,
    coalesce(CASE WHEN a.attgenerated = 's' THEN pg_get_expr(e.adbin, e.adrelid) END, '')
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_attrdef e ON e.adrelid = a.attrelid AND e.adnum = a.attnum
  WHERE n.nspname IN ($SCHEMAS) AND NOT a.attisdropped AND (a.attgenerated = 's' OR a.attidentity = 'a')
  ORDER BY 1, 2, a.attnum`

/**
 * Completes the script that Prisma makes of a schema by what Prisma leaves out of it: extensions, functions,
 * generated columns, checks, indexes over expressions, views, triggers and comments.
 */
export async function completeScript(
  db: Driver,
  schemas: readonly string[],
  script: string,
): Promise<string> {
  const statements = (sql: string) => rowsOf(db, sql, schemas).then((rows) => rows.map(String))
  const generated = await rowsOf(db, GENERATED, schemas)
  const tables = generated.reduce(
    (sql, [, table, column, as]) => withGenerated(sql, table!, column!, as!),
    script,
  )
  const indexes = await rowsOf(db, INDEXES, schemas)
  const functions = await statements(FUNCTIONS)
  const comments = await rowsOf(db, COMMENTS, schemas)
  const parts = [
    ...(await statements(EXTENSIONS)),
    ...(functions.length === 0 ? [] : [...schemas.map(createSchema), LATE_CHECK]),
    ...functions,
    tables.trimEnd().replace(/;$/, ''),
    ...(await statements(CHECKS)),
    ...indexes.filter(([name]) => !script.includes(`"${name}"`)).map(([, sql]) => sql!),
    ...(await statements(VIEWS)),
    ...(await statements(TRIGGERS)),
    ...comments.map(([kind, schema, name, column, text]) =>
      comment(kind!, schema!, name!, column!, text!),
    ),
  ]
  return `${parts.map((part) => part.trim().replace(/;$/, '')).join(';\n\n')};\n`
}

const createSchema = (name: string): string => `CREATE SCHEMA IF NOT EXISTS ${quote(name)}`

/** What functions are made of comes after them. */
const LATE_CHECK = 'SET check_function_bodies = false'

/** Prisma words the expression as a default, which must not name columns, and an identity as a serial. */
function withGenerated(script: string, table: string, column: string, expression: string): string {
  const [name, own] = [table, column].map((one) => escapeRegExp(quote(one)))
  const line = new RegExp(
    `(CREATE TABLE (?:"[^"]+"\\.)?${name} \\([^;]*?\\n {4}${own} )(.*?)(,?\\n)`,
  )
  return script.replace(line, (_, before: string, type: string, end: string) => {
    if (expression === '') return before + identity(type) + end
    return `${before}${type.replace(/ DEFAULT .*/, '')} GENERATED ALWAYS AS (${expression}) STORED${end}`
  })
}

/** `BIGSERIAL NOT NULL` → `BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY` */
const identity = (type: string): string =>
  `${type.replace('SMALLSERIAL', 'SMALLINT').replace('BIGSERIAL', 'BIGINT').replace('SERIAL', 'INTEGER')} GENERATED ALWAYS AS IDENTITY`

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

function comment(kind: string, schema: string, name: string, column: string, text: string): string {
  const object = column === '' ? `${kind} ` : 'COLUMN '
  const parts = [schema, name, ...(column === '' ? [] : [column])].map(quote).join('.')
  return `COMMENT ON ${object}${parts} IS '${text.replaceAll("'", "''")}'`
}

const EXTENSIONS = `
  SELECT format('CREATE EXTENSION IF NOT EXISTS %I', extname) FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1`

const isOwn = (oid: string): string =>
  `NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = ${oid} AND d.deptype = 'e')`

const FUNCTIONS = `
  SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname IN ($SCHEMAS) AND p.prokind IN ('f', 'p') AND ${isOwn('p.oid')} ORDER BY p.oid`

const CHECKS = `
  SELECT format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid))
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ($SCHEMAS) AND k.contype IN ('c', 'x') AND ${isOwn('c.oid')} ORDER BY c.relname, k.conname`

const INDEXES = `
  SELECT i.relname::text, pg_get_indexdef(x.indexrelid)
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ($SCHEMAS) AND c.relkind IN ('r', 'p') AND ${isOwn('c.oid')}
    AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid)
  ORDER BY c.relname, i.relname`

/** Those that others are made of are older. */
const VIEWS = `
  SELECT format('CREATE %sVIEW %I.%I AS %s', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END,
    n.nspname, c.relname, rtrim(pg_get_viewdef(c.oid), ';'))
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ($SCHEMAS) AND c.relkind IN ('v', 'm') AND ${isOwn('c.oid')} ORDER BY c.oid`

const TRIGGERS = `
  SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ($SCHEMAS) AND NOT t.tgisinternal ORDER BY c.relname, t.tgname`
