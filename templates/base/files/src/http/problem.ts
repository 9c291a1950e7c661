export interface FieldError {
  /** Where in the request: `where.author.name`, `data.2.title`. */
  readonly path: string
  readonly message: string
}

/** What an answer says of mistakes at most: how many, and characters of each text. The rest is counted. */
export const PROBLEM_LIMITS = { errors: 20, path: 200, text: 1000 } as const

interface ProblemOptions {
  readonly detail?: string
  readonly errors?: readonly FieldError[]
  /** How many mistakes there are, where `errors` does not hold all of them. */
  readonly errorCount?: number
  readonly headers?: Readonly<Record<string, string>>
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Body too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'Internal server error',
  503: 'Service unavailable',
}

/** An answer other than success, thrown from anywhere below a handler. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly title: string
  readonly detail: string | undefined
  readonly errors: readonly FieldError[] | undefined
  /** How many there are, where they are too many for `errors`. */
  readonly errorCount: number | undefined
  readonly headers: Readonly<Record<string, string>> | undefined

  constructor(
    readonly status: number,
    /** Stable, for programs: `unique_conflict`. */
    readonly code: string,
    options: ProblemOptions = {},
  ) {
    const title = TITLES[status] ?? 'Error'
    const detail =
      options.detail === undefined ? undefined : cut(options.detail, PROBLEM_LIMITS.text)
    super(detail ?? title)
    this.title = title
    this.detail = detail
    this.errors = options.errors?.slice(0, PROBLEM_LIMITS.errors).map(({ path, message }) => ({
      path: cut(path, PROBLEM_LIMITS.path),
      message: cut(message, PROBLEM_LIMITS.text),
    }))
    const { errorCount = options.errors?.length ?? 0 } = options
    this.errorCount = errorCount > PROBLEM_LIMITS.errors ? errorCount : undefined
    this.headers = options.headers
  }
}

/** Whoever asks chooses the names and values that a text quotes, and no answer grows with them. */
const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`

/** 400 for one place in the request. */
export const invalid = (path: string, message: string): Problem =>
  new Problem(400, 'validation_failed', {
    detail: path === '' ? message : `${path}: ${message}`,
    errors: [{ path, message }],
  })

/** 415: nothing but plain JSON is read. */
export const unsupportedMediaType = (): Problem =>
  new Problem(415, 'unsupported_media_type', {
    detail: 'Send the body as application/json in UTF-8, not compressed.',
  })

/** 404 for a row that is not there. */
export const notFound = (model: string): Problem =>
  new Problem(404, 'not_found', { detail: `There is no such ${model}.` })
