import { describe, expect, it } from 'vitest'
import { load } from '../../schema/schema.fixture.js'
import { nameModels } from '../names.js'
import { viewPolicy } from './model.js'

async function policyOf(annotations: string) {
  const { models, provider } = await load(`${annotations}
model Note {
  id      Int    @id
  text    String
  ownerId Int
}
`)
  const [model] = models
  const names = nameModels(models).get('Note')!
  return viewPolicy(model!, names, new Map([['Note', model!]]), provider)
}

const codes = ({ rules }: Awaited<ReturnType<typeof policyOf>>) =>
  Object.fromEntries(rules.map(({ operation, code }) => [operation, code]))

const OWN = "(user) => claim(user, ['id'], asInt, (id) => ({ ownerId: id }))"

describe('the policy of a model', () => {
  it('is for whoever is signed in in the way that @@auth names, without rules on rows', async () => {
    const policy = await policyOf('/// @@auth(JWT, ApiKey)')
    expect(policy.signIn).toBe("['JWT', 'ApiKey']")
    expect(codes(policy)).toEqual({
      read: 'signedIn',
      create: 'signedIn',
      update: 'signedIn',
      delete: 'signedIn',
    })
  })

  it('is for everyone where it is public', async () => {
    const policy = await policyOf('/// @@auth(public)')
    expect(policy.signIn).toBe(null)
    expect(new Set(Object.values(codes(policy)))).toEqual(new Set(['everyone']))
  })

  it('leaves to nobody what no rule allows', async () => {
    const policy = await policyOf('/// @@policy(read, rule: "true")')
    expect(codes(policy)).toEqual({
      read: 'everyone',
      create: 'nobody',
      update: 'nobody',
      delete: 'nobody',
    })
    expect(policy.helpers).toBe('definePolicy, everyone, nobody')
  })

  it('takes rules on one operation as alternatives, and * and write for several', async () => {
    const policy = await policyOf(`/// @@policy(*, rule: "hasRole('admin')")
/// @@policy(write, rule: "ownerId == user.id")`)
    expect(codes(policy)).toEqual({
      read: "(user) => hasRole(user, 'admin')",
      create: `(user) => anyOf(hasRole(user, 'admin'), ${OWN.slice('(user) => '.length)})`,
      update: `(user) => anyOf(hasRole(user, 'admin'), ${OWN.slice('(user) => '.length)})`,
      delete: `(user) => anyOf(hasRole(user, 'admin'), ${OWN.slice('(user) => '.length)})`,
    })
    expect(policy.rules[1]?.comments).toEqual(["hasRole('admin')", 'ownerId == user.id'])
  })

  it('keeps rules on fields apart from those on rows', async () => {
    const policy = await policyOf(
      '/// @@policy(read, update, rule: "ownerId == user.id", fields: [text])',
    )
    expect(codes(policy)['read']).toBe('signedIn')
    expect(policy.fields).toEqual([
      {
        key: 'text',
        rules: [
          { operation: 'read', comments: ['ownerId == user.id'], code: OWN },
          { operation: 'update', comments: ['ownerId == user.id'], code: OWN },
        ],
      },
    ])
  })

  it('lets no text of a rule out of its comment', async () => {
    const policy = await policyOf('/// @@policy(read, rule: "text == \'a\\nprocess.exit()\'")')
    expect(policy.rules[0]?.comments).toEqual(["text == 'a process.exit()'"])
  })
})
