import { Cursor, SyntaxProblem, tokenise, type Token } from './lexer.js'
import type { Syntax } from './policy-ast.js'

const COMPARISONS = ['==', '!=', '<=', '>=', '<', '>'] as const
const DEEPEST = 50

/**
 * Parses a rule. Binding, loosest first: `||`, `&&`, `!`, comparison and `in`.
 * @throws SyntaxProblem
 */
export function parsePolicy(text: string): Syntax {
  const parser = new Parser(new Cursor(tokenise(text)))
  return parser.whole()
}

class Parser {
  private depth = 0
  constructor(private readonly cursor: Cursor) {}

  whole(): Syntax {
    if (this.cursor.next.kind === 'end')
      throw new SyntaxProblem('The rule is empty.', 0, this.cursor.next.end)
    const syntax = this.either()
    const { next } = this.cursor
    if (next.kind !== 'end')
      throw new SyntaxProblem(
        `'${next.text}' stands where && or || should be, or nothing.`,
        next.start,
        next.end,
      )
    return syntax
  }

  private either(): Syntax {
    return this.chain('||', 'or', () => this.both())
  }

  private both(): Syntax {
    return this.chain('&&', 'and', () => this.negation())
  }

  private chain(sign: string, kind: 'and' | 'or', parse: () => Syntax): Syntax {
    const first = parse()
    const operands = [first]
    while (this.cursor.accept(sign)) operands.push(parse())
    if (operands.length === 1) return first
    return { kind, operands, start: first.start, end: operands.at(-1)!.end }
  }

  private negation(): Syntax {
    const { next } = this.cursor
    if (!this.cursor.accept('!')) return this.comparison()
    return this.nested(next, () => {
      const operand = this.negation()
      return { kind: 'not', operand, start: next.start, end: operand.end }
    })
  }

  private comparison(): Syntax {
    const left = this.operand()
    const { next } = this.cursor
    const operator =
      next.kind === 'name' && next.text === 'in'
        ? ('in' as const)
        : COMPARISONS.find((sign) => this.cursor.is(sign))
    if (operator === undefined) return left
    this.cursor.take()
    const right = this.operand()
    return { kind: 'binary', operator, left, right, start: left.start, end: right.end }
  }

  private operand(): Syntax {
    const token = this.cursor.take()
    const { start, end } = token
    switch (token.kind) {
      case 'string':
        return { kind: 'literal', value: token.text, start, end }
      case 'number':
        return { kind: 'literal', value: Number(token.text), start, end }
      case 'name':
        return this.named(token)
      case 'end':
        throw new SyntaxProblem('The rule ends where a value should be.', start, end)
      case 'sign':
        if (token.text === '(') return this.parentheses(token)
        if (token.text === '[') return this.list(token)
        throw new SyntaxProblem(`'${token.text}' stands where a value should be.`, start, end)
    }
  }

  private parentheses(open: Token): Syntax {
    return this.nested(open, () => {
      const inner = this.either()
      const { end } = this.cursor.expect(')', 'to close the parenthesis')
      return { ...inner, start: open.start, end }
    })
  }

  private list(open: Token): Syntax {
    return this.nested(open, () => {
      const items = this.items(']')
      const { end } = this.cursor.expect(']', 'to close the list')
      return { kind: 'list', items, start: open.start, end }
    })
  }

  private items(close: string): Syntax[] {
    const items: Syntax[] = []
    while (!this.cursor.is(close)) {
      items.push(this.either())
      if (!this.cursor.accept(',')) break
    }
    return items
  }

  private named(token: Token): Syntax {
    const { text, start, end } = token
    if (text === 'true' || text === 'false')
      return { kind: 'literal', value: text === 'true', start, end }
    if (text === 'null') return { kind: 'literal', value: null, start, end }
    if (this.cursor.accept('('))
      return this.nested(token, () => {
        const args = this.items(')')
        const close = this.cursor.expect(')', `to close ${text}(…)`)
        return { kind: 'call', name: text, args, start, end: close.end }
      })
    return this.path(token)
  }

  private path(first: Token): Syntax {
    const names = [first.text]
    const ends = [first.end]
    while (this.cursor.accept('.')) {
      const token = this.cursor.take()
      if (token.kind !== 'name')
        throw new SyntaxProblem('A name is missing after the dot.', token.start, token.end)
      names.push(token.text)
      ends.push(token.end)
    }
    return { kind: 'path', names, ends, start: first.start, end: ends.at(-1)! }
  }

  /** Keeps a rule of ten thousand parentheses from exhausting the stack. */
  private nested(token: Token, parse: () => Syntax): Syntax {
    if (++this.depth > DEEPEST)
      throw new SyntaxProblem(`The rule is nested deeper than ${DEEPEST}.`, token.start, token.end)
    const syntax = parse()
    this.depth--
    return syntax
  }
}
