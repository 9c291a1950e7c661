import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyFolder, run, tree } from './run.js'

const whole = ['app', '--example', 'minimal', '--no-setup']

/** Each kind of mistake, where it is and what to write; `src/schema/annotations.test.ts` has the whole table. */
const ANNOTATIONS: [annotation: string, kind: string, told: string[]][] = [
  [
    '@@auht(JWT)',
    'an unknown name',
    ['schema.prisma:5:5  @@auht is not an annotation', 'write: /// @@auth(JWT)'],
  ],
  [
    '@@auth(JWT',
    'a form that is broken',
    ['schema.prisma:5:5', 'is not closed', 'write: /// @@auth(JWT)'],
  ],
  ['@hidden', 'a wrong place', ['schema.prisma:5:5  @hidden is an annotation of a field']],
  [
    '@@policy(read, rule: "txet == user.id")',
    'a field that is not there',
    ['schema.prisma:5:', 'txet', 'write: /// @@policy(read, rule: "text == user.id")'],
  ],
]

/** What is refused before anything happens. */
export function wrongInput(): void {
  describe('wrong input is exit 2, says what and what else there is, and writes nothing', () => {
    it.each([
      ['no answer and no terminal', [], ['--dir', '--yes']],
      ['no schema and no terminal', ['app'], ['--schema', '--example', '--yes']],
      [
        'an unknown flag',
        ['app', '--exampel', 'blog'],
        ['--exampel', 'Did you mean --example?', 'Known: --dir'],
      ],
      [
        'an unknown example',
        ['app', '--example', 'blgo'],
        ['blgo', 'Did you mean blog?', 'ecommerce'],
      ],
      ['an unknown framework', ['app', '--yes', '--framework', 'koa'], ['koa', 'express, fastify']],
      [
        'an unknown plugin',
        ['app', '--yes', '--plugins', 'usagetracker'],
        ["There is no plugin 'usagetracker'", 'Did you mean usage-tracker?'],
      ],
      ['a value of a coming version', ['app', '--yes', '--ui', 'next'], ['not in this version']],
      ['a flag without its value', ['app', '--yes', '--framework'], ['--framework needs a value']],
      [
        'a number that is none',
        ['app', '--yes', '--concurrency', '0'],
        ['--concurrency', '1 to 512'],
      ],
      [
        'a flag given twice',
        ['app', '--mode', 'layered', '--mode', 'registry'],
        ['--mode is given twice'],
      ],
      ['two folders', ['app', 'more', '--yes'], ['app, more']],
      [
        'a schema that is not there',
        ['app', '--schema', 'shcema.prisma'],
        ['shcema.prisma', '--example'],
      ],
      [
        'a database and a schema',
        ['app', '--from-database', 'file:./a.db', '--schema', 'x'],
        ['--schema and --from-database'],
      ],
      [
        'a database and its kind',
        ['app', '--from-database', 'file:./a.db', '--database', 'mysql'],
        ['--from-database and --database'],
      ],
      [
        'an address of no database',
        ['app', '--from-database', 'http://me:hunter2@x', '--yes'],
        ["'http://me:PASSWORD@x/'", 'postgresql://'],
      ],
      [
        'a schema and an example',
        ['app', '--schema', 'x', '--example', 'blog'],
        ['--schema and --example'],
      ],
      ['a test of an app that is not set up', [...whole, '--test'], ['--test', '--no-setup']],
      ['questions without a terminal', ['app', '--interactive'], ['needs a terminal']],
    ])('%s', async (_, args, told) => {
      const cwd = await emptyFolder()
      const ended = await run(args, { cwd })
      expect({ ...ended, left: await tree(cwd) }).toMatchObject({ code: 2, stdout: '', left: [] })
      for (const text of told) expect(ended.stderr).toContain(text)
    })

    it.each(ANNOTATIONS)('%s above a model, in %s', async (annotation, _, told) => {
      const cwd = await emptyFolder()
      const schema = `datasource db {
  provider = "sqlite"
}

/// ${annotation}
model Note {
  id   Int    @id
  text String
}
`
      await writeFile(join(cwd, 'schema.prisma'), schema)
      const ended = await run(['app', '--schema', 'schema.prisma', '--yes'], { cwd })
      const left = await tree(cwd)
      expect({ ...ended, left }).toMatchObject({ code: 2, stdout: '', left: ['schema.prisma'] })
      for (const text of told) expect(ended.stderr).toContain(text)
    })

    it.each([
      ['generat', ['Did you mean generate?', 'client']],
      ['db', ['needs a command', 'migrate']],
      ['db rest', ["Unknown command 'db rest'", 'reset']],
      ['generate', ['not in an app']],
    ])('ssot %s', async (command, told) => {
      const cwd = await emptyFolder()
      const ended = await run(command.split(' '), { cwd, bin: 'ssot' })
      expect(ended.code).toBe(2)
      for (const text of told) expect(ended.stderr).toContain(text)
    })

    it('reports it as JSON where JSON was asked for', async () => {
      const ended = await run(['--json=-'], {
        cwd: await emptyFolder(),
        stdin: { text: '{"dri":"app"}' },
      })
      expect(ended.code).toBe(2)
      expect(JSON.parse(ended.stdout)).toMatchObject({
        ok: false,
        exitCode: 2,
        error: { remedies: ['Did you mean dir?', expect.any(String)] },
      })
    })
  })
}
