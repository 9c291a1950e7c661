import type { Edit } from '../support/app-edits.js'
import type { RunningApp, Target } from '../contract/harness.js'

/** An answer, read to its end. */
export type Answer = {
  readonly status: number
  /** Parsed JSON, or the text. */
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any
  readonly headers: Headers
}

/** What an attacker has: requests, and what the app prints. */
export type Victim = {
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>
  readonly app: RunningApp
}

export type Attack = {
  /** Of the catalogue: `A1` reads what is hidden, `B14` writes what is not to be written, … */
  readonly id: string
  readonly name: string
  /**
   * @returns true when the attacker got what he wanted; what he leaves behind is cleared by `data.ts`
   */
  readonly succeeds: (target: Victim) => Promise<boolean>
  /** With the defence off the attack must succeed, else it proves nothing. */
  readonly defenceOff: (kind: Pick<Target, 'framework' | 'mode'>) => readonly Edit[]
}

/** Attacks on one kind of app. */
export type Suite = {
  readonly attacks: readonly Attack[]
  /** A file beside this one. */
  readonly schema: string
  readonly plugins?: Target['plugins']
  readonly env?: Target['env']
  /** The framework on which every attack is made with its defence off; on the other one those that differ are. */
  readonly controls: Target['framework']
  /** Makes what the attackers find. */
  readonly fill: (target: Victim) => Promise<void>
}
