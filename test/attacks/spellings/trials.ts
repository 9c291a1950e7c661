import { addresses } from './addresses.js'
import type { Decision, SpelledApp } from './app.js'
import { ROWS } from './app.js'
import { contents } from './contents.js'
import { credentials } from './credentials.js'
import type { Message, Spelling } from './message.js'
import { CALLERS, messageOf, REQUESTS, type Caller, type Plain } from './requests.js'

/** One request of one caller in one spelling. */
export type Trial = {
  readonly request: Plain
  readonly caller: Caller
  readonly spelling: Spelling
  /** What it chooses among. */
  readonly seed: number
}

const NARROW = ['tags:read'] as const
const SPELLINGS: readonly Spelling[] = [...addresses, ...contents, ...credentials]

/** Numbers that look random and are the same each time. @returns one below `below` */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    const mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39)
    return ((mixed ^ (mixed >>> 16)) >>> 0) % below
  }
}

/**
 * Every spelling of a create by who may not, and those that must do by who may; then as many others as are asked for.
 * @param count of the others
 */
export function trialsOf(count: number): readonly Trial[] {
  const number = numbersFrom(1)
  const anyOf = <T>(items: readonly T[]): T => items[number(items.length)]!
  const always = SPELLINGS.flatMap((spelling) => {
    const callers = spelling.expected === 'same' ? (['tags:read', 'user'] as const) : NARROW
    return callers.map((caller) => ({
      ...{ caller, spelling },
      request: REQUESTS[0]!,
      seed: number(1e9),
    }))
  })
  const others = Array.from({ length: count }, () => ({
    request: anyOf(REQUESTS),
    caller: anyOf(CALLERS),
    spelling: anyOf(SPELLINGS),
    seed: number(1e9),
  }))
  return [...always, ...others]
}

/** Tries spellings on one app; what the plain one gives is asked once. */
export class Table {
  private readonly plain = new Map<string, Promise<Decision>>()

  constructor(private readonly app: SpelledApp) {}

  /** @returns what the app makes of it, and what is wrong with that; null where it can't be written so */
  async try(
    trial: Trial,
  ): Promise<{ readonly decision: Decision; readonly wrong?: string } | null> {
    const { request, caller, spelling, seed } = trial
    const message = messageOf(request, this.app.credentials[caller])
    const written = spelling.write(message, numbersFrom(seed))
    if (!written) return null
    const plain = await this.plainly(request, caller)
    const nobody = await this.plainly(request, 'nobody')
    const decision = await this.app.decide(written)
    if (isExpected(spelling, decision, plain, nobody)) return { decision }
    return { decision, wrong: tell(trial, written, decision, plain) }
  }

  private plainly(request: Plain, caller: Caller): Promise<Decision> {
    const key = JSON.stringify([request, caller])
    const known =
      this.plain.get(key) ?? this.app.decide(messageOf(request, this.app.credentials[caller]))
    this.plain.set(key, known)
    return known
  }
}

function isExpected(
  { expected }: Spelling,
  decision: Decision,
  plain: Decision,
  nobody: Decision,
): boolean {
  const same = ({ status, rows }: Decision): boolean =>
    status === decision.status && rows === decision.rows
  if (same(plain)) return true
  if (expected === 'same') return false
  const isRefused = decision.status >= 400 && decision.status < 500 && decision.rows === ROWS
  return isRefused || (expected === 'nobody' && same(nobody))
}

const tell = (
  { request, caller, spelling }: Trial,
  { method, target, headers }: Message,
  decision: Decision,
  plain: Decision,
): string =>
  [
    `${request.method} ${request.target} by ${caller}, which ${spelling.name}:`,
    `  ${decision.status} in place of ${plain.status}, rows ${decision.rows}`,
    `  ${method} ${target.slice(0, 200)} ${JSON.stringify(headers.filter(([name]) => !/^(auth|x-api-key)/i.test(name)))}`,
  ].join('\n')
