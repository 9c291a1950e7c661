/**
 * The first line of a schema file that a plugin wrote. It is what tells such a file from the user's, whatever else is
 * known of the app: without it, the file is the user's.
 */
export const pluginHeader = (id: string): string =>
  `// Tables of the plugin ${id}, written by \`ssot generate\`: the API has no routes for them.`

/** @returns the plugin that wrote a file of the schema; null where it is the user's */
export const pluginOfFile = (content: string): string | null =>
  /^\uFEFF?\/\/ Tables of the plugin ([a-z][a-z0-9-]*), written by/.exec(content)?.[1] ?? null
