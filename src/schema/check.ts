import { nearest } from '../nearest.js'
import type { Argument, NamedArgument } from './arguments.js'
import { TEXT_AFTER, type Found } from './doc-lines.js'
import { SyntaxProblem, type Token } from './lexer.js'
import type { Field, Model, Position } from './model.js'
import type { Problem } from './problems.js'
import type { Source } from './source.js'
import { unknownField } from './policy-paths.js'
import { signed, type AnnotationName } from './vocabulary.js'

/** How each annotation is written. */
const USAGE: Readonly<Record<AnnotationName, string>> = {
  auth: '@@auth(JWT)',
  policy: '@@policy(read, rule: "isAuthenticated")',
  service: '@@service(Stripe)',
  realtime: '@@realtime(subscribe: [list, item], broadcast: [created, updated, deleted])',
  search: '@@search(fields: [title])',
  hidden: '@hidden',
  readonly: '@readonly',
  writeonly: '@writeonly',
  label: '@label("Full name")',
  ui: '@ui(widget: textarea)',
}

type Range = { readonly start: number; readonly end: number }

/** Checks one annotation, and collects what is wrong with it. */
export class Check {
  constructor(
    private readonly source: Source,
    readonly found: Found,
    readonly name: AnnotationName,
    private readonly problems: Problem[],
  ) {}

  get at(): Position {
    return this.source.at(this.found.span.offset(this.found.start))
  }

  /**
   * `right` is what should stand in the range, or what is missing before the closing parenthesis; without it the
   * correction is an example.
   */
  fail(message: string, range: Range = this.found, right?: string | { append: string }): null {
    const { span } = this.found
    this.problems.push({
      at: this.source.at(span.offset(range.start)),
      message: `${signed(this.name)}: ${message}`,
      corrected: `/// ${this.corrected(range, right).replace(/\s*\n\s*/g, ' ')}`,
    })
    return null
  }

  private corrected(range: Range, right: string | { append: string } | undefined): string {
    const { span, start, end } = this.found
    if (right === undefined) return USAGE[this.name]
    if (typeof right !== 'string') return `${span.text.slice(start, end - 1)}${right.append})`
    return span.text.slice(start, range.start) + right + span.text.slice(range.end, end)
  }

  /** Reports that the annotation is not even well formed. */
  failForm(flaw: string): null {
    return this.fail(flaw, this.found, flaw === TEXT_AFTER ? this.text(this.found) : undefined)
  }

  /** Runs a step that may throw a SyntaxProblem; null when it did. */
  attempt<T>(step: () => T): T | null {
    try {
      return step()
    } catch (error) {
      if (error instanceof SyntaxProblem) return this.fail(error.message, error, error.replacement)
      throw error
    }
  }

  /** The word of a token if it is one of a list; otherwise a problem with the nearest one. */
  word<T extends string>(token: Token, words: readonly T[], what: string): T | null {
    const word = words.find((it) => it === token.text)
    if (word !== undefined) return word
    const [close] = nearest(token.text, words, 1)
    return this.fail(
      `${token.text === '' ? 'Nothing' : token.text} is no ${what}; there is ${words.join(', ')}.`,
      token,
      close,
    )
  }

  /** Reports named arguments that the annotation does not have. */
  onlyNamed(named: ReadonlyMap<string, NamedArgument>, known: readonly string[]): void {
    for (const [name, argument] of named) {
      if (known.includes(name)) continue
      const [close] = nearest(name, known, 1)
      this.fail(
        known.length === 0
          ? `It takes no argument named ${name}.`
          : `It takes no argument named ${name}; there is ${known.join(', ')}.`,
        argument.name,
        close,
      )
    }
  }

  /** The fields a list names; unknown ones are reported. */
  fields(argument: Argument, model: Model): Field[] {
    if (!Array.isArray(argument.value)) {
      this.fail('A list in brackets belongs here.', argument, `[${this.text(argument)}]`)
      return []
    }
    return argument.tokens.flatMap((token) => {
      const field = model.fields.find((it) => it.name === token.text)
      if (field !== undefined) return [field]
      this.attempt(() => {
        throw unknownField(token.text, model, token.start, token.end)
      })
      return []
    })
  }

  text({ start, end }: Range): string {
    return this.found.span.text.slice(start, end)
  }
}
