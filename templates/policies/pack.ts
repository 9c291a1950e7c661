import { claimsUsed, copy, definePack, literal, render, viewPolicies } from '../../src/kit/index.js'

const FILES = [
  'claims',
  'create',
  'filter',
  'foreign-keys',
  'grants',
  'identity',
  'in-turn',
  'links',
  'permissions',
  'plan',
  'reads',
  'rules',
  'steps',
  'update',
  'witnesses',
]

/** Other ones where the database keeps the policies, too. */
const RENDERED = ['access', 'bulk', 'shape', 'table', 'take-out', 'withheld']

/** Who may do what: the policies of the schema as filters, and the database as one user may see and change it. */
export const pack = definePack({
  id: 'policies',
  needs: ['base'],
  when: ({ signIn }) => signIn,
  contribute(app) {
    const { policies, models, hasOthers } = viewPolicies(app)
    const rowSecurity = app.plugins.some(({ id }) => id === 'rls')
    const { provider, emulatedRelations } = app.schema
    const isolated = provider === 'postgresql'
    // Elsewhere Prisma reads a row and then writes it; with rls the database must be told first who writes.
    const atOnce = (isolated || provider === 'sqlite') && !emulatedRelations && !rowSecurity
    return {
      files: [
        ...FILES.map((name) => copy(`src/policies/${name}.ts`)),
        ...RENDERED.map((name) => render(`src/policies/${name}.ts`, { rowSecurity })),
        render('src/policies/writes.ts', { atOnce }),
        ...(atOnce ? [render('src/policies/one-statement.ts', { isolated })] : []),
        ...(rowSecurity
          ? [
              copy('src/policies/apart.ts'),
              render('src/policies/row-security.ts', {
                claims: literal(claimsUsed(app.schema.models)),
              }),
            ]
          : []),
        ...policies.map((policy) =>
          render(`src/policies/${policy.file}.policy.ts`, policy, 'src/policies/model.policy.ts'),
        ),
        render('src/policies/index.ts', { policies, models, hasOthers }),
      ],
    }
  },
})
