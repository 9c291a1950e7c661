import type { Model, Provider } from '../../schema/model.js'
import type { PolicyOperand } from '../../schema/policy-ast.js'
import type { Uses } from './code.js'

/** What compiling a rule of one model takes. */
export type Scope = {
  readonly model: Model
  readonly models: ReadonlyMap<string, Model>
  readonly provider: Provider
  readonly uses: Uses
}

/** Without `!=`, which is a negated `==`. */
export type Operator = '==' | '<' | '<=' | '>' | '>='
export type Literal = string | number | boolean
export type Claim = Extract<PolicyOperand, { kind: 'claim' }>

export const OPPOSITE = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const
