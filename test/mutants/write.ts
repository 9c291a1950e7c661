import type { Edit } from '../support/app-edits.js'

const http = (name: string, find: string, replace: string): Edit => ({
  file: `src/http/${name}.ts`,
  find,
  replace,
})

/** Mistakes in how rows are written: validation, the form that Prisma takes, bulk, preconditions, answers. */
export const write: readonly Edit[] = [
  http('write', "if (!field) throw invalid(path + name, 'Unknown field.')", 'if (!field) continue'),
  http('write', "return mode === 'replace' ? emptied(meta, input) : {}", 'return {}'),
  http(
    'write',
    '|| !isWritable(field) || field.immutable) continue',
    '|| field.immutable) continue',
  ),
  http('write', 'if (isVisible(field) && !given && !cut)', 'if (isVisible(field) && !cut)'),
  http('write', 'field.list && !field.hasDefault ? [[name, []]] : []', 'false ? [[name, []]] : []'),
  http(
    'write',
    'return field.nullable ? Prisma.DbNull : Prisma.JsonNull',
    'return Prisma.JsonNull',
  ),
  http(
    'write',
    'if (field !== undefined) throw invalid(path + field,',
    'if (false) throw invalid(path + String(field),',
  ),
  http('write', "if (mode === 'update' || relation.nullable) return", 'return'),
  http('write', "return mode === 'create' ? null : { disconnect: true }", 'return null'),
  http('write', 'if (data[key] !== undefined && !used.has(key))', 'if (false)'),
  http('relation-input', 'z.array(row).max(MAX_NESTED)', 'z.array(row)'),
  http(
    'relation-input',
    'const fixed = columns.some((column) => column && !isWritable(column))',
    'const fixed = false',
  ),
  http(
    'relation-input',
    'if (name === relation.inverse || given.includes(name) || !isWritable(field)) continue',
    'if (name === relation.inverse || !isWritable(field)) continue',
  ),
  http('relation-input', "Object.keys(value).length === 1, 'Give exactly", "true, 'Give exactly"),
  http('relation-input', 'return z.strictObject(shape)', 'return z.object(shape)'),
  http('value-limits', 'if (maxLength !== undefined && size > maxLength)', 'if (false)'),
  http('value-limits', 'value.decimalPlaces() > scale', 'false'),
  http(
    'value-limits',
    'if (max !== undefined && value > Number(max)) return `Expected at most',
    'if (false) return `Expected at most',
  ),
  http('operations', 'if (matching > MAX_BULK)', 'if (false)'),
  http(
    'operations',
    "const row = await createHooked(inside, model, input, ''",
    "const row = await createHooked(context, model, input, ''",
  ),
  http('precondition', 'if (tagsOf(header).some((tag) => ownPart(tag) === own)) return', 'return'),
  http(
    'precondition',
    'if (header === undefined) return write(context)\n  return serializable(context,',
    'if (header === undefined) return write(context)\n  return (async (it: Context, work: (inside: Context) => Promise<T>) => work(it))(context,',
  ),
  http('precondition', "tag.replace(/^W\\//, '') === etag", 'tag === etag'),
  http(
    'serialize',
    'if (!convertField || !isSelected(name, view)) continue',
    'if (!convertField) continue',
  ),
  http('body', "if (issue.code === 'unrecognized_keys')", "if (issue.code === ('none' as never))"),
]
