const DAY = /^\d{4}-\d{2}-\d{2}$/
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/
const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/
const MS_PER_DAY = 86_400_000

/** Reads an instant: `2026-01-31T12:00:00Z`, or a day for its first moment. Undefined when it is none. */
export function readInstant(text: string): Date | undefined {
  const day = DATE_TIME.exec(text)?.[1]
  if (day === undefined) return undefined
  const date = new Date(text)
  const year = date.getUTCFullYear()
  // `new Date` takes 30 February for 1 March, and an offset may lead out of the years that databases know.
  const valid = year >= 1 && year <= 9999 && isDay(day)
  return valid ? date : undefined
}

function isDay(text: string): boolean {
  const day = new Date(text)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** Reads a day: `2026-01-31`, or an instant that is the first moment of one. */
export function readDay(text: string): Date | undefined {
  const date = readInstant(text)
  const whole = DAY.test(text) || (date !== undefined && date.getTime() % MS_PER_DAY === 0)
  return whole ? date : undefined
}

/** Reads a time of day in UTC: `12:30`, `12:30:00.5Z`, `14:30:00+02:00`. Prisma's form of it is a time of 1 January 1970. */
export function readTime(text: string): Date | undefined {
  const match = TIME.exec(text)
  if (!match) return undefined
  const date = new Date(`1970-01-01T${text}${match[4] === undefined ? 'Z' : ''}`)
  const time = date.getTime()
  return Number.isNaN(time) ? undefined : new Date((time + MS_PER_DAY) % MS_PER_DAY)
}

export const dayOf = (date: Date): string => date.toISOString().slice(0, 10)
export const timeOf = (date: Date): string => date.toISOString().slice(11)
