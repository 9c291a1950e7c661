import { stripVTControlCharacters } from 'node:util'

export type Verbosity = 'quiet' | 'normal' | 'verbose'

/** A step on its way; exactly one of its ends is called. */
type Progress = {
  /** A line of output of the step: shown when verbose. */
  output(line: string): void
  end(status: 'done' | 'skipped' | 'failed', ms: number, note?: string): void
}

/** All printing goes through here: results to stdout, everything else to stderr. */
export type Terminal = {
  /** Text of the result; not printed when quiet or when stdout belongs to the JSON report. */
  print(text: string): void
  /** Information on the way; not printed when quiet. */
  note(text: string): void
  error(text: string): void
  json(report: object): void
  begin(name: string, command?: string): Progress
  readonly style: Style
}

type Style = {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  cyan(text: string): string
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** @returns `1.2 s`, or `340 ms` for what takes less than a second */
export const duration = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`

/** True where a person can be asked and no automation is at work. */
export const canAsk = (env: NodeJS.ProcessEnv): boolean =>
  process.stdin.isTTY === true && process.stdout.isTTY === true && !inCi(env)

const inCi = (env: NodeJS.ProcessEnv): boolean => Boolean(env['CI']) && env['CI'] !== 'false'

/** A reader that went away (`| head`) must not make the run fail half way. */
export function ignoreBrokenPipes(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
}

/** @returns the terminal of this process */
export function createTerminal(settings: {
  verbosity: Verbosity
  json: boolean
  env: NodeJS.ProcessEnv
  /** False where somebody else draws on the terminal at the same time. */
  live?: boolean
}): Terminal {
  const { verbosity, json, env } = settings
  const live =
    settings.live !== false && process.stderr.isTTY === true && !inCi(env) && env['TERM'] !== 'dumb'
  const colour = process.stderr.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
  const style = styles(colour && process.stdout.isTTY === true)
  const note = (text: string): void => {
    if (verbosity !== 'quiet') process.stderr.write(`${text}\n`)
  }
  const begin = (name: string, command?: string): Progress => {
    if (verbosity === 'quiet') return { output() {}, end() {} }
    const start = live ? spin : plain
    return start({
      label: command ? `${name}  ${style.dim(command)}` : name,
      name,
      verbosity,
      style,
    })
  }
  return {
    print: (text) => void (verbosity !== 'quiet' && !json && process.stdout.write(`${text}\n`)),
    note,
    error: (text) => void process.stderr.write(`${text}\n`),
    json: (report) => void process.stdout.write(`${JSON.stringify(report, null, 2)}\n`),
    begin,
    style,
  }
}

function styles(colour: boolean): Style {
  const wrap = (open: number, close: number) => (text: string) =>
    colour ? `\u001b[${open}m${text}\u001b[${close}m` : text
  return {
    bold: wrap(1, 22),
    dim: wrap(2, 22),
    red: wrap(31, 39),
    green: wrap(32, 39),
    cyan: wrap(36, 39),
  }
}

type StepLine = { label: string; name: string; verbosity: Verbosity; style: Style }

const MARKS = { done: 'done', skipped: 'skipped', failed: 'failed' } as const

const endLine = (
  { name, style }: StepLine,
  status: keyof typeof MARKS,
  ms: number,
  note?: string,
): string =>
  `${status === 'failed' ? style.red(name) : name}: ${MARKS[status]}${
    status === 'skipped' ? '' : `, ${duration(ms)}`
  }${note ? ` (${note})` : ''}\n`

/** One line when a step starts and one when it ends: for logs and pipes. */
function plain(step: StepLine): Progress {
  process.stderr.write(`${stripVTControlCharacters(step.label)} ...\n`)
  return {
    output: (line) => void (step.verbosity === 'verbose' && process.stderr.write(`  ${line}\n`)),
    end: (status, ms, note) => void process.stderr.write(endLine(step, status, ms, note)),
  }
}

/** A line that is drawn again and again, with the elapsed time. */
function spin(step: StepLine): Progress {
  const started = performance.now()
  let frame = 0
  const draw = (): void => {
    const text = `${FRAMES[frame++ % FRAMES.length]} ${step.label}  ${duration(performance.now() - started)}`
    const fits = stripVTControlCharacters(text).length < (process.stderr.columns || 80)
    process.stderr.write(
      `\r\u001b[2K${fits ? text : stripVTControlCharacters(text).slice(0, (process.stderr.columns || 80) - 1)}`,
    )
  }
  draw()
  const timer = setInterval(draw, 80)
  timer.unref()
  return {
    output(line) {
      if (step.verbosity !== 'verbose') return
      process.stderr.write(`\r\u001b[2K  ${line}\n`)
      draw()
    },
    end(status, ms, note) {
      clearInterval(timer)
      process.stderr.write(`\r\u001b[2K${endLine(step, status, ms, note)}`)
    },
  }
}

/** Questions can be left at once: nothing has been written yet. */
export const orStopped = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((fulfil, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    work.then(fulfil, reject)
  })
