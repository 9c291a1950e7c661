import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configOf, withDefaults } from '../../src/config.js'
import { preview } from '../../src/generate.js'

type Choices = {
  readonly plugins: readonly string[]
  readonly pluginOptions?: Readonly<Record<string, object>>
  readonly provider?: string
  readonly mode?: 'registry' | 'layered'
}

/**
 * Generates an app and writes nothing of it.
 * @param models Prisma models and enums
 * @returns the text of each file by its path, not laid out
 */
export async function previewApp(
  models: string,
  { provider = 'sqlite', ...choices }: Choices,
): Promise<ReadonlyMap<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'ssot-preview-'))
  try {
    const schema = join(folder, 'schema.prisma')
    writeFileSync(schema, `datasource db {\n  provider = "${provider}"\n}\n\n${models}\n`)
    const { files } = await preview({
      root: join(folder, 'app'),
      dryRun: true,
      force: false,
      config: configOf(withDefaults({ schema, ...choices, format: false } as never, {}), folder),
    })
    return new Map(files.map(({ path, after }) => [path, after ?? '']))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
