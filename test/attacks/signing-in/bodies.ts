import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Attack, Victim } from '../attack.js'
import { edit, OTHER, Person, works } from './person.js'

const registrationOpen = edit('bodies', 'register: z.strictObject(', 'register: z.looseObject(')

/** What the app logs once a token has been made, and sent or not. */
async function loggedWhenForgotten({ app }: Victim, person: Person): Promise<string> {
  const before = app.log().length
  await person.post('forgot-password', { email: person.email })
  while (!app.log().slice(before).includes('reset token')) await sleep(20)
  return app.log().slice(before)
}

/** Bodies that are not what they should be. */
export const bodies: readonly Attack[] = [
  {
    id: 'E32',
    name: 'has the token of another sent to two addresses',
    succeeds: async (victim) => {
      const person = await Person.registered(victim)
      const both = [person.email, 'thief@example.com']
      return (await person.post('forgot-password', { email: both })).status < 400
    },
    defenceOff: () => [
      edit(
        'bodies',
        'forgotPassword: z.strictObject({ email: given })',
        'forgotPassword: z.strictObject({ email: z.any().transform((all) => [all].flat()[0]) })',
      ),
    ],
  },
  {
    id: 'E32',
    name: 'reads a reset token in the log of a server that others reach',
    succeeds: async (victim) => {
      const person = await Person.registered(victim)
      return (await loggedWhenForgotten(victim, person)).includes('reset token of')
    },
    defenceOff: () => [edit('send-reset-token', 'if (env.LOG_RESET_TOKENS)', 'if (env)')],
  },
  {
    id: 'C20',
    name: 'sets the password of another by an operator in place of a token',
    succeeds: async (victim) => {
      const person = await Person.registered(victim)
      await loggedWhenForgotten(victim, person)
      await person.post('reset-password', { token: { not: 'x' }, password: OTHER })
      return works(await person.logIn(OTHER))
    },
    defenceOff: () => [
      edit(
        'bodies',
        'resetPassword: z.strictObject({\n    token: z.string().max(200)',
        'resetPassword: z.strictObject({\n    token: z.any()',
      ),
      edit(
        'reset-tokens',
        'findUnique({ where: { tokenHash: hashToken(token) } })',
        "findFirst({ where: { tokenHash: token as never }, orderBy: { createdAt: 'desc' } })",
      ),
      edit(
        'reset-tokens',
        'deleteMany({ where: { tokenHash: hashToken(token) } })',
        'deleteMany({ where: { userId: account.id } })',
      ),
    ],
  },
  {
    id: 'B14',
    name: 'registers as an admin',
    succeeds: async (victim) => {
      const person = await Person.registered(victim, { role: 'admin' })
      return (await person.me()).body.data?.role === 'admin'
    },
    defenceOff: () => [registrationOpen],
  },
  {
    id: 'B14',
    name: 'chooses the id of his account',
    succeeds: async (victim) => {
      const id = `chosen-${randomBytes(4).toString('hex')}`
      const person = await Person.registered(victim, { id })
      return (await person.me()).body.data?.id === id
    },
    defenceOff: () => [registrationOpen],
  },
]
