import type { Answer, Attack } from '../attack.js'
import { edit, ipv4, OTHER, Person } from './person.js'

/** Who has an account is nobody's business. */
export const accounts: readonly Attack[] = [
  {
    id: 'E30',
    name: 'tells by the answer of a login who has an account',
    succeeds: async (victim) => {
      const person = await Person.registered(victim)
      const known = await person.logIn(OTHER)
      const unknown = await person.logIn(OTHER, ipv4(), `no-${person.email}`)
      const said = ({ status, body }: Answer) => JSON.stringify({ status, ...body, instance: '' })
      return said(known) !== said(unknown)
    },
    defenceOff: () => [
      edit(
        'sign-in',
        'if (!account || !credential) throw wrongPassword()',
        "if (!account) throw new Problem(404, 'no_such_account')\n  if (!credential) throw wrongPassword()",
      ),
    ],
  },
  {
    id: 'E30',
    name: 'tells by the time of a login who has an account',
    succeeds: async (victim) => {
      const known: number[] = []
      const unknown: number[] = []
      for (let round = 0; round < 3; round++) {
        const person = await Person.registered(victim)
        for (let n = 0; n < 9; n++) {
          for (const [times, email] of [
            [known, person.email],
            [unknown, `no-${n}-${person.email}`],
          ] as const) {
            const started = performance.now()
            await person.logIn(OTHER, ipv4(), email)
            times.push(performance.now() - started)
          }
        }
      }
      // The least of them is what other programs of the machine disturb least.
      return Math.min(...unknown) < Math.min(...known) / 2
    },
    defenceOff: () => [
      edit(
        'passwords',
        'const same = await verify(kept ?? nobody,',
        'const same = kept !== undefined && await verify(kept,',
      ),
    ],
  },
  {
    id: 'E30',
    name: 'tells by a forgotten password who has an account',
    succeeds: async (victim) => {
      const person = await Person.registered(victim)
      const known = await person.post('forgot-password', { email: person.email })
      const unknown = await person.post('forgot-password', { email: `no-${person.email}` })
      return known.status !== unknown.status
    },
    defenceOff: () => [
      edit(
        'account',
        '  requestReset(name)\n',
        "  const users = await import('../../auth/users.js')\n  if (!(await users.findAccountByLogin(name))) throw badToken()\n  requestReset(name)\n",
      ),
    ],
  },
]
