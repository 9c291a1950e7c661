import type { PolicyOperand } from '../../schema/policy-ast.js'
import { literal, stringLiteral } from '../text.js'
import { rule, textOf, type Code } from './code.js'
import { OPPOSITE, type Claim, type Literal, type Operator, type Scope } from './scope.js'

/** A claim compared with a value or another claim: known once the user is. */
export function claimCompared(
  claim: Claim,
  operator: Operator,
  right: PolicyOperand,
  negated: boolean,
  scope: Scope,
): Code {
  const { uses } = scope
  const sign = signOf(operator, negated)
  if (right.kind === 'claim') {
    const cast = uses.helper('asScalar')
    const inner = withClaim(right, cast, 'right', rule(`left ${sign} right`), scope)
    return withClaim(claim, cast, 'left', inner, scope)
  }
  if (right.kind !== 'literal') throw new Error('A claim is compared with a value.')
  if (right.value === null)
    return rule(`${uses.helper(negated ? 'hasClaim' : 'lacksClaim')}(user, ${pathText(claim)})`)
  const value = variableOf(claim)
  const cast = uses.helper(castOfLiteral(right.value))
  return withClaim(claim, cast, value, rule(`${value} ${sign} ${literal(right.value)}`), scope)
}

function signOf(operator: Operator, negated: boolean): string {
  if (operator === '==') return negated ? '!==' : '==='
  return negated ? OPPOSITE[operator] : operator
}

/** The helper that reads a claim as what a literal is. */
export const castOfLiteral = (value: Literal): string =>
  typeof value === 'string' ? 'asText' : typeof value === 'number' ? 'asFloat' : 'asBoolean'

/** What holds with a claim that the user has; nothing does without. */
export function withClaim(
  claim: Claim,
  cast: string,
  variable: string,
  inner: Code,
  { uses }: Scope,
): Code {
  const body = inner.kind === 'filter' ? `(${inner.text})` : textOf(inner)
  const read = `user, ${pathText(claim)}, ${cast}, (${variable}) => ${body}`
  return rule(`${uses.helper('claim')}(${read})`)
}

const pathText = ({ path }: Claim): string => `[${path.map(stringLiteral).join(', ')}]`

/** What else a policy's file may name. */
const TAKEN =
  /^(user|prisma|enums|rows|left|right|claim|some|every|anyOf|allOf|lacksClaim|nobody|everyone|(as|has)[A-Z]\w*)$/
const RESERVED =
  /^(arguments|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|undefined|var|void|while|with|yield)$/

/** A parameter that is called as the claim is, where that can be a name. */
export function variableOf({ path }: Claim): string {
  const name = path.at(-1) ?? ''
  const usable = /^[a-z][A-Za-z\d]*$/.test(name) && !TAKEN.test(name) && !RESERVED.test(name)
  return usable ? name : 'value'
}
