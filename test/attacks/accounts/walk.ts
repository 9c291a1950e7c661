import type { RunningApp } from '../../contract/harness.js'
import { Random } from '../../search/random.js'
import { byGoogle, redeem } from './walk/by-google.js'
import { byKey } from './walk/by-key.js'
import { byPassword, logIn, refresh, reset } from './walk/by-password.js'
import { checkAll, Fault, Limited } from './walk/judge.js'
import { HUMANS, passwordsOf, World, type Human } from './walk/model.js'
import { rows } from './walk/rows.js'

const STEPS = { ...byPassword, ...byGoogle, ...byKey, ...rows }

/** How often something is done, where not once. */
const WEIGHTS: Readonly<Record<string, number>> = {
  ...{ registers: 4, logsIn: 2, refreshes: 2, signsInByGoogle: 4, makesKey: 3, changesRow: 3 },
  ...{ forgets: 3, resets: 2, renamesBySql: 2, changesEmail: 2, redeems: 2, changesAtGoogle: 2 },
  ...{ logsOutEverywhere: 0.5, suspends: 0.7, actsAsPersonByKey: 0.5 },
}

/** What is done, and the seed of all that is chosen for it. */
type Taken = { readonly does: string; readonly seed: number }

/** A walk that ended where the app did what is written nowhere. */
export type Stray = {
  readonly seed: number
  readonly steps: readonly Taken[]
  /** What was done, in words; the last one went wrong. */
  readonly told: readonly string[]
  readonly wrong: string
}

export type Place = {
  readonly app: RunningApp
  readonly addressIsKey: boolean
  /** After how many steps all that anybody holds is shown to the app. */
  readonly every?: number
}

/** @returns the first walk that strays, as short as it can be, and how many were walked; null where none does */
export async function firstStray(
  place: Place,
  {
    seed,
    walks,
    length = 25,
  }: { readonly seed: number; readonly walks: number; readonly length?: number },
): Promise<(Stray & { readonly walked: number }) | null> {
  for (let walked = 1; walked <= walks; walked++) {
    const own = seed + walked - 1
    const stray = await walk(place, drawn(new Random(own), length), own)
    if (stray) return { ...(await shortest(place, stray)), walked }
  }
  return null
}

/** For who has to mend it. */
export const report = (stray: Stray | null): string =>
  stray === null
    ? ''
    : [
        `seed ${stray.seed}:`,
        ...stray.told.map((line, index) => `${index + 1}. ${line}`),
        stray.wrong,
        JSON.stringify(stray.steps),
      ].join('\n')

function drawn(random: Random, length: number): Taken[] {
  const choices = Object.keys(STEPS).map((does) => [WEIGHTS[does] ?? 1, does] as const)
  const steps = Array.from({ length }, () => ({
    ...{ does: random.weighted(choices), seed: random.below(2 ** 31) },
  }))
  return [...steps, ...Array.from({ length: 40 }, (_, seed) => ({ does: LEFT, seed }))]
}

/** In the end, what can't be looked at without using it up: the seed says which one. */
const LEFT = 'usesLeft'

/** Takes steps with names that nobody has. */
async function walk(
  { app, addressIsKey, every = 1 }: Place,
  steps: readonly Taken[],
  seed: number,
): Promise<Stray | null> {
  const world = new World(app, addressIsKey)
  let left: readonly Use[] | undefined
  try {
    for (const [index, step] of steps.entries()) {
      if (step.does === LEFT) {
        if (left === undefined) await checkAll(world)
        left ??= usesOf(world)
        await attempted(left[step.seed]?.())
      } else {
        await attempted(STEPS[step.does]!(world, new Random(step.seed)))
        if ((index + 1) % every === 0) await checkAll(world)
      }
    }
    await checkAll(world)
    return null
  } catch (error) {
    if (!(error instanceof Fault)) throw new Error(world.told.join('\n'), { cause: error })
    return { seed, steps, told: world.told, wrong: error.message }
  }
}

/** What the app counts and does not look at is no step. */
const attempted = (step: Promise<void> | undefined): Promise<void> =>
  Promise.resolve(step).catch((error: unknown) => {
    if (!(error instanceof Limited)) throw error
  })

type Use = () => Promise<void>

/** Late ones first, which may be good. */
function usesOf(world: World): readonly Use[] {
  const deviceOf = (human: Human) => world.devices.find((it) => it.human === human)!
  const late = (kind: 'code' | 'refresh' | 'reset') => world.all(kind).toReversed()
  return [
    ...late('code').map((it) => () => redeem(world, it.device!, it)),
    ...late('refresh').map((it) => () => refresh(world, deviceOf(it.holder), it)),
    ...world.live.flatMap(({ login }) =>
      HUMANS.flatMap((human) =>
        passwordsOf(human).map((it) => () => logIn(world, deviceOf(human), login, it)),
      ),
    ),
    ...late('reset').map((it) => async () => {
      await reset(world, deviceOf(it.holder), it, passwordsOf(it.holder)[0]!, false)
    }),
  ]
}

/** Leaves steps out as long as it strays. */
async function shortest(place: Place, stray: Stray): Promise<Stray> {
  let best = stray
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = Math.floor(size / 2))
    for (let at = 0; at < best.steps.length;) {
      const fewer = await walk({ ...place, every: 1 }, best.steps.toSpliced(at, size), best.seed)
      if (fewer) best = fewer
      else at += size
    }
  return best
}
