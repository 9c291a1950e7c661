import { copy, definePack, render, viewPolicies } from '../../src/kit/index.js'

const FILES = [
  'access',
  'bulk',
  'claims',
  'create',
  'filter',
  'grants',
  'identity',
  'links',
  'permissions',
  'reads',
  'rules',
  'shape',
  'table',
  'update',
  'witnesses',
  'writes',
  'writing',
]

/** Who may do what: the policies of the schema as filters, and the database as one user may see and change it. */
export const pack = definePack({
  id: 'policies',
  needs: ['base'],
  when: ({ signIn }) => signIn,
  contribute(app) {
    const { policies, models, hasOthers } = viewPolicies(app)
    return {
      files: [
        ...FILES.map((name) => copy(`src/policies/${name}.ts`)),
        ...policies.map((policy) =>
          render(`src/policies/${policy.file}.policy.ts`, policy, 'src/policies/model.policy.ts'),
        ),
        render('src/policies/index.ts', { policies, models, hasOthers }),
      ],
    }
  },
})
