import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runOnTerminal } from '../support/terminal.js'
import { contents, copyOf, edit, makeApp } from './app.js'
import { bins, run } from './run.js'

const ssot = (cwd: string, ...words: string[]) => run(words, { cwd, bin: 'ssot' })

/** `--rename` on the command line. */
export function renames(): void {
  describe('ssot generate --rename', () => {
    let made: string
    beforeAll(async () => {
      made = await makeApp('--example', 'blog', '--mode', 'layered')
      await edit(made, 'prisma/schema.prisma', (text) =>
        text.replaceAll(/\bPost\b/g, 'Article').replace('  content     ', '  text        '),
      )
    })

    it.each([
      ['no pair', 'Post', ["can't read 'Post'", 'Old=New']],
      ['an old name that nothing had', 'Pots=Article', ['no model Pots', 'Did you mean Post?']],
      ['a new name that nothing has', 'Post=Artcle', ['no model Artcle', 'Did you mean Article?']],
      ['a name that is there still', 'User=Article', ['User is in the schema still']],
      ['a name that was there before', 'Post=Tag', ['Tag was there already']],
      ['one old name twice', 'Post=Article,Post=Tag', ['names Post twice']],
      [
        'one new name twice',
        'Post=Article,Post.content=Post.content,Tag=Article',
        ['Article twice'],
      ],
      ['a field and a model', 'Post=Article.text', ['one is a field']],
      [
        'a field that nothing had',
        'Post=Article,Post.contnt=Article.text',
        ['no field Post.contnt'],
      ],
      ['fields of two models', 'Post.content=User.name', ['User.name']],
      ['a field without its model', 'Post.content=Article.text', ['--rename Post=Article,']],
      ['a model and an enum', 'Post=Role', ['no model Role']],
    ])('refuses %s', async (_, rename, told) => {
      const before = contents(made)
      const ended = await ssot(made, 'generate', '--rename', rename)
      expect(ended).toMatchObject({ code: 2, stdout: '' })
      for (const text of told) expect(ended.stderr).toContain(text)
      expect(contents(made)).toEqual(before)
    })

    it('refuses where no run has noted the schema', async () => {
      const app = await copyOf(made)
      await rm(join(app, '.ssot/schema.json'))
      const ended = await ssot(app, 'generate', '--rename', 'Post=Article')
      expect(ended).toMatchObject({ code: 2 })
      expect(ended.stderr).toContain('Put the old names back')
    })

    it('is given once or many times, says what moves, and says it in JSON', async () => {
      const flags = ['--rename', 'Post=Article', '--rename', 'Post.content=Article.text']
      const app = await copyOf(made)
      const dry = await ssot(app, 'generate', '--dry-run', ...flags)
      const line = 'move     src/models/article/index.ts (from src/models/post/index.ts)\n'
      expect(dry).toMatchObject({ code: 0, stdout: expect.stringContaining(line) })
      const { stdout } = await ssot(app, 'generate', '--json', ...flags)
      const report = JSON.parse(stdout) as { changes: object[]; renames: object[] }
      expect(report.changes).toContainEqual({
        path: 'src/models/article/index.ts',
        kind: 'move',
        from: 'src/models/post/index.ts',
      })
      expect(report.renames).toEqual([
        { from: 'Post', to: 'Article' },
        { from: 'Article.content', to: 'Article.text' },
      ])
      expect((await ssot(app, 'generate', ...flags)).stdout).toContain('everything is up to date')
    })

    it('is told of where it was not given, and exits 0', async () => {
      const app = await copyOf(made)
      await edit(app, 'src/models/post/post.dto.ts', (text) => `// Mine.\n${text}`)
      const ended = await ssot(app, 'generate')
      expect(ended.code).toBe(0)
      const { stderr } = ended
      expect(stderr).toContain('src/models/post/post.dto.ts is no longer generated; it stays')
      expect(stderr).toContain('ssot generate --rename Post=Article,Post.content=Article.text\n')
      const later = await ssot(app, 'generate', '--rename', 'Post=Article')
      expect(later).toMatchObject({ code: 0, stdout: expect.stringContaining('1 moved') })
      const text = await readFile(join(app, 'src/models/article/article.dto.ts'), 'utf8')
      expect(text).toMatch(/^\/\/ Mine\.\n/)
    })

    it.skipIf(process.platform === 'win32')('is asked for on a terminal', async () => {
      const app = await copyOf(made)
      const { code, output } = await runOnTerminal(
        app,
        `${process.execPath} ${bins.ssot} generate`,
        [
          ['Post is not in the schema any more', '\r'],
          // Down to the last answer: it was taken out.
          ['Post.content is not in the schema any more', '\u001b[B\r'],
        ],
      )
      expect(code, output).toBe(0)
      expect(output).toContain('It is called Article now')
      expect(output).toContain('note: Post is Article now; next, to keep the data: ssot db migrate')
      expect(output).toMatch(/\d+ moved/)
      const asked = await runOnTerminal(app, `${process.execPath} ${bins.ssot} generate`, [])
      expect(asked.output).toContain('everything is up to date')
    })

    it('is shown by ssot diff as git shows it', async () => {
      const { code, stdout } = await ssot(made, 'diff', '--rename', 'Post=Article')
      expect(code).toBe(0)
      expect(stdout).toContain(
        'rename from src/models/post/index.ts\nrename to src/models/article/index.ts\n--- a/src/models/post/index.ts\n+++ b/src/models/article/index.ts\n',
      )
    })

    it('is listed by --help', async () => {
      for (const command of ['generate', 'diff', 'db'])
        expect((await ssot(made, command, '--help')).stdout).toContain('--rename Old=New')
    })
  })
}
