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
  'writes',
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
    return {
      files: [
        ...FILES.map((name) => copy(`src/policies/${name}.ts`)),
        ...RENDERED.map((name) => render(`src/policies/${name}.ts`, { rowSecurity })),
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
