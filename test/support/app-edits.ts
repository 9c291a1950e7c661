import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A change of the emitted code, such as a defence taken out: `find` stands once in the file. */
export type Edit = { readonly file: string; readonly find: string; readonly replace: string }

/** As an auth plugin would do it: whoever calls says who he is. */
export const SIGN_IN: Edit = {
  file: 'src/http/authenticate.ts',
  find: '// One line each, yours among them.',
  replace: `async ({ header }) => JSON.parse(header('x-test-user') ?? 'null') as User | null,`,
}

/**
 * Changes the code of an app.
 * @throws Error where a text is not once in its file, so that no edit can do nothing
 */
export async function applyEdits(app: string, edits: readonly Edit[]): Promise<void> {
  for (const { file, find, replace } of edits) {
    const path = join(app, file)
    const text = await readFile(path, 'utf8')
    if (text.split(find).length !== 2) throw new Error(`'${find}' is not once in ${file}.`)
    await writeFile(
      path,
      text.replace(find, () => replace),
    )
  }
}
