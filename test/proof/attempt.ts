/** One thing that was done to an app. */
export type Step = {
  readonly name: string
  readonly ok: boolean
  readonly seconds: number
  /** Of a step that failed: the end of what it printed. */
  readonly detail: string
}

/** Does a step and notes how it went. @returns whether it went well */
export type Attempt = (name: string, work: () => Promise<void>) => Promise<boolean>

/** @param done what was done so far; each attempt adds its step */
export function attempts(done: Step[]): Attempt {
  return async (name, work) => {
    const started = performance.now()
    const detail = await work().then(
      () => '',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
    const seconds = (performance.now() - started) / 1000
    done.push({ name, ok: detail === '', seconds, detail: detail.slice(-6000) })
    return detail === ''
  }
}

/** Why the last step failed, in short. */
export function reasonOf(done: readonly Step[]): string {
  const last = done.at(-1)
  return `${last?.name}: ${firstLines(last?.detail ?? '')}`
}

/** What a table or a line has room for. */
export const firstLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 3)
    .join(' · ')
    .slice(0, 300)

export const secondsOf = (steps: readonly Step[]): string =>
  steps.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(0)

/** Each step with its seconds. */
export const timesOf = (steps: readonly Step[]): string =>
  steps.map(({ name, seconds }) => `${name} ${seconds.toFixed(1)}`).join(', ')

/** Where a proof ended that failed. */
export const failedAt = (steps: readonly Step[]): string =>
  `FAILED at ${steps.find(({ ok }) => !ok)?.name ?? 'create'}`
