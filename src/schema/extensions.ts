/** What in a schema's text gives away that PostgreSQL needs an extension. */
const SIGNS: readonly (readonly [extension: string, sign: RegExp])[] = [
  ['citext', /@\w+\.Citext\b/],
  ['uuid-ossp', /\buuid_generate_v[1-5]\w*\(/],
  ['pgcrypto', /\b(gen_random_bytes|gen_salt|crypt|digest|hmac|pgp_\w+)\(/],
  ['pg_trgm', /\b(gin|gist)_trgm_ops\b/],
  ['vector', /Unsupported\("(vector|halfvec|sparsevec)\b/i],
  ['postgis', /Unsupported\("(geometry|geography)\b/i],
  ['hstore', /Unsupported\("hstore\b/i],
  ['ltree', /Unsupported\("l(tree|query|txtquery)\b/i],
  ['cube', /Unsupported\("cube\b/i],
  ['unaccent', /\bunaccent\(/],
]

/** Extensions that Prisma spells as an identifier. */
const ALIASES: Readonly<Record<string, string>> = { uuid_ossp: 'uuid-ossp', pgvector: 'vector' }

/** Extensions that the embedded PostgreSQL ships, beside those listed by name in `contrib/`. */
const EMBEDDED = new Set(
  (
    'amcheck auto_explain bloom btree_gin btree_gist citext cube dict_int dict_xsyn earthdistance ' +
    'file_fdw fuzzystrmatch hstore intarray isn lo ltree moddatetime pageinspect pg_buffercache ' +
    'pg_freespacemap pg_stat_statements pg_surgery pg_trgm pg_visibility pg_walinspect pgcrypto ' +
    'seg tablefunc tcn tsm_system_rows tsm_system_time unaccent uuid-ossp'
  ).split(' '),
)

/**
 * Names the PostgreSQL extensions that a schema needs: those its datasource lists, and those its types,
 * functions and operator classes come from.
 * @param text all files of the schema, joined
 * @returns names as SQL knows them, sorted
 */
export function extensionsOf(text: string): string[] {
  const code = text.replace(/^\s*\/\/.*$/gm, '')
  const found = SIGNS.filter(([, sign]) => sign.test(code)).map(([extension]) => extension)
  return [...new Set([...declared(code), ...found])].sort()
}

/** `extensions = [citext, uuidOssp(map: "uuid-ossp", schema: "x")]` of the datasource. */
function declared(code: string): string[] {
  const list = /^\s*extensions\s*=\s*\[(.*?)\]\s*$/ms.exec(code)?.[1] ?? ''
  return [...list.matchAll(/(\w+)\s*(?:\(([^)]*)\))?/g)].map(([, name = '', options = '']) => {
    const mapped = /\bmap:\s*"([^"]+)"/.exec(options)?.[1]
    return mapped ?? ALIASES[name] ?? name
  })
}

/** The module of an extension for the embedded PostgreSQL, and the name it exports; null where there is none. */
export function embeddedExtension(extension: string): { module: string; name: string } | null {
  if (!EMBEDDED.has(extension)) return null
  const name = extension.replaceAll('-', '_')
  return { module: `@electric-sql/pglite/contrib/${name}`, name }
}
