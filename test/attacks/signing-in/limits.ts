import { randomInt } from 'node:crypto'
import type { Edit } from '../../support/app-edits.js'
import type { Attack, Victim } from '../attack.js'
import { edit, ipv4, OTHER, PASSWORD, Person, works } from './person.js'

/** @returns true when so many attempts from these addresses were all let through */
async function unlimited(
  victim: Victim,
  addressOf: (n: number) => string,
  times = 110,
): Promise<boolean> {
  const body = { token: 'guessed', password: OTHER }
  for (let n = 0; n < times; n++) {
    const from = { 'x-forwarded-for': addressOf(n) }
    const { status } = await victim.send('POST', '/api/auth/reset-password', body, from)
    if (status === 429) return false
  }
  return true
}

const address = (find: string, replace: string): Edit => ({
  file: 'src/http/address.ts',
  find,
  replace,
})

/** Limits that can't be dodged. */
export const limits: readonly Attack[] = [
  {
    id: 'E29',
    name: 'tries many passwords by writing the name in other ways, from everywhere',
    succeeds: async (victim) => {
      const person = await Person.registered(victim)
      for (let n = 0; n < 12; n++) {
        const letters = [...person.email].map((letter, at) =>
          (n >> (at % 4)) & 1 ? letter.toUpperCase() : letter,
        )
        await person.logIn(OTHER, ipv4(), letters.join(''))
      }
      return works(await person.logIn(PASSWORD, ipv4()))
    },
    defenceOff: () => [
      edit('limits', 'tries(byStrangers, keyOf(account))', 'tries(byStrangers, name)'),
      edit(
        'sign-in',
        'triesToSignIn(request, account, name)',
        "triesToSignIn(request, account, (request.body as { email: string })['email'])",
      ),
    ],
  },
  {
    id: 'E29',
    name: 'asks without limit by making up where he calls from',
    succeeds: (victim) => {
      const own = ipv4()
      return unlimited(victim, () => `${ipv4()}, ${own}`)
    },
    defenceOff: () => [address('seen.at(-env.TRUST_PROXY)', 'seen.at(0)')],
  },
  {
    id: 'E29',
    name: 'asks without limit by the addresses of one IPv6 network',
    succeeds: (victim) => {
      const network = `2001:db8:${randomInt(65_536).toString(16)}:${randomInt(65_536).toString(16)}`
      return unlimited(victim, (n) => `${network}::${(n + 1).toString(16)}`)
    },
    defenceOff: () => [address('return isIPv6(address) ? null : address', 'return address')],
  },
  {
    id: 'E29',
    name: 'asks without limit by the networks of one IPv6 site',
    succeeds: (victim) => {
      const site = `2001:db8:${randomInt(65_536).toString(16)}`
      return unlimited(victim, (n) => `${site}:${(n * 256).toString(16)}::1`)
    },
    defenceOff: () => [edit('limits', '56: 75, 48: 100', '56: 75, 48: 1000')],
  },
  {
    id: 'E29',
    name: 'asks without limit by the networks of one IPv6 household',
    succeeds: async (victim) => {
      const home = `2001:db8:${randomInt(65_536).toString(16)}:${randomInt(256).toString(16)}`
      return unlimited(victim, (n) => `${home}${n.toString(16).padStart(2, '0')}::1`, 85)
    },
    defenceOff: () => [edit('limits', '56: 75, 48: 100', '56: 1000, 48: 100')],
  },
]
