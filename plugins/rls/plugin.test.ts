import { describe, expect, it } from 'vitest'
import { previewApp } from '../../test/support/preview-app.js'

const schema = (policy: string): string => `${policy}
model Note {
  id      Int    @id
  text    String
  ownerId String
}
`
const POLICY = `/// @@policy(*, rule: "ownerId == user.id")`

describe('the plugin rls', () => {
  it('says in SQL what the policies say', async () => {
    const files = await previewApp(schema(POLICY), { provider: 'postgresql', plugins: ['rls'] })
    const sql = files.get('prisma/rls.sql')!
    expect(sql).toContain('ALTER TABLE "Note" FORCE ROW LEVEL SECURITY;')
    expect(sql).toContain(
      `FOR SELECT\n  USING (("Note"."ownerId" = (SELECT ssot_rls.as_text(ssot_rls.claim(ARRAY['id'])))));`,
    )
    expect(files.get('README.md')).toContain('### Row-level security')
  })

  it('leaves no trace where it is not chosen', async () => {
    const files = await previewApp(schema(POLICY), { provider: 'postgresql', plugins: [] })
    const traces = [...files].filter(([, text]) => /ssot_rls|app\.user|_reader/.test(text))
    expect(traces.map(([path]) => path)).toEqual([])
  })

  it.each([
    ['sqlite', POLICY, 'The plugin rls needs PostgreSQL, and the schema names sqlite.'],
    ['mysql', POLICY, 'The plugin rls needs PostgreSQL, and the schema names mysql.'],
    ['postgresql', '', 'The plugin rls needs policies, and this app has none.'],
  ])('is refused where it can do nothing: %s', async (provider, policy, message) => {
    await expect(previewApp(schema(policy), { provider, plugins: ['rls'] })).rejects.toThrow(
      message,
    )
  })
})
