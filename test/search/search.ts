import { UserError } from '../../src/errors.js'
import type { Edit } from '../support/app-edits.js'
import type { Verdict } from './judge.js'
import { Random } from './random.js'
import { Asking } from './random-ask.js'
import { randomPeople, randomRows } from './random-rows.js'
import { randomSpec } from './random-schema.js'
import { shrink } from './shrink.js'
import { schemaText } from './spec.js'
import { Subject, type Case } from './subject.js'

export type Failure = { readonly seed: number; readonly one: Case; readonly why: string }

export type Found = {
  readonly failures: readonly Failure[]
  /** How many cases came to what. */
  readonly counts: ReadonlyMap<string, number>
}

type Options = {
  /** Of the first schema; the next ones have the next seeds. */
  readonly seed: number
  readonly schemas: number
  /** Requests to the app of each schema. */
  readonly each: number
  readonly edits?: readonly Edit[]
  /** Ends the search at the first failure that is wanted. */
  readonly until?: (failure: Failure) => boolean
}

/** Requests to the same rows. */
const SAME_ROWS = 10

/** Asks apps of random schemas for random things, and says where what comes of it is not what is written. */
export async function search(options: Options): Promise<Found> {
  const { seed, schemas, each, edits, until = () => false } = options
  const failures: Failure[] = []
  const counts = new Map<string, number>()
  for (let at = seed; at < seed + schemas; at++)
    for await (const [one, { kind, wrong }] of casesOf(at, each, edits)) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
      if (wrong === null) continue
      const failure = { seed: at, one, why: wrong }
      failures.push(failure)
      if (until(failure)) return { failures, counts }
    }
  return { failures, counts }
}

/** The cases that follow from a seed, one after the other, each with what came of it. */
async function* casesOf(
  seed: number,
  count: number,
  edits?: readonly Edit[],
): AsyncGenerator<readonly [Case, Verdict]> {
  const random = new Random(seed)
  const spec = randomSpec(random)
  const mode = random.pick(['registry', 'layered'] as const)
  const subject = await Subject.of({ spec, mode }, edits)
  try {
    let [rows, people] = [randomRows(random, spec), randomPeople(random)]
    for (let index = 1; index <= count; index++) {
      const who = random.pick(people)
      const ask = new Asking(random, subject.oracle({ rows, who })).ask()
      const one = { spec, mode, rows, who, ask }
      yield [one, await subject.ask(one)]
      if (index % SAME_ROWS === 0) [rows, people] = [randomRows(random, spec), randomPeople(random)]
    }
  } finally {
    await subject.close()
  }
}

/** What is wrong, in as little as shows it. */
export async function report(
  failures: readonly Failure[],
  edits?: readonly Edit[],
): Promise<string> {
  const [first] = failures
  if (!first) return 'Nothing is wrong.'
  const asker = new Asker(edits)
  const { one, why } = first
  const smallest = await shrink(one, why, (it) => asker.ask(it)).finally(() => asker.close())
  const { spec, mode, rows, who, ask } = smallest
  const others = failures.slice(1).map((it) => `SEARCH_SEED=${it.seed}: ${it.why}`)
  return [
    `SEARCH_SEED=${first.seed}: ${why}`,
    `The smallest that was found, ${mode}:`,
    schemaText(spec),
    ...[rows, who, ask].map((value) => JSON.stringify(value)),
    ...others,
  ].join('\n')
}

/** Asks cases of any schema; the app of the last one is kept. */
class Asker {
  private last: { readonly key: string; readonly subject: Subject | null } | null = null

  constructor(private readonly edits?: readonly Edit[]) {}

  /** Null where a case can't be asked: what was left out may be what a rule, a row or the request needs. */
  async ask(one: Case): Promise<Verdict | null> {
    const subject = await this.subjectOf(one)
    return subject === null ? null : subject.ask(one).catch(() => null)
  }

  async close(): Promise<void> {
    await this.last?.subject?.close()
    this.last = null
  }

  private async subjectOf({ spec, mode }: Case): Promise<Subject | null> {
    const key = JSON.stringify([spec, mode])
    if (this.last?.key === key) return this.last.subject
    await this.close()
    const subject = await Subject.of({ spec, mode }, this.edits).catch((error: unknown) => {
      if (error instanceof UserError) return null
      throw error
    })
    this.last = { key, subject }
    return subject
  }
}
