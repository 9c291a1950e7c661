export interface FieldError {
  /** Where in the request: `where.author.name`, `data.2.title`. */
  readonly path: string
  readonly message: string
}

interface ProblemOptions {
  readonly detail?: string
  readonly errors?: readonly FieldError[]
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
  readonly headers: Readonly<Record<string, string>> | undefined

  constructor(
    readonly status: number,
    /** Stable, for programs: `unique_conflict`. */
    readonly code: string,
    options: ProblemOptions = {},
  ) {
    const title = TITLES[status] ?? 'Error'
    super(options.detail ?? title)
    this.title = title
    this.detail = options.detail
    this.errors = options.errors
    this.headers = options.headers
  }
}

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
