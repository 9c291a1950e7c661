/** A policy rule, checked against the schema: plain data for a generator to compile. */
export type PolicyExpression =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly PolicyExpression[] }
  | { readonly kind: 'not'; readonly operand: PolicyExpression }
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'authenticated' }
  /** The field that holds the owner's id, by to-one relations from the model. */
  | { readonly kind: 'owner'; readonly path: readonly string[] }
  | { readonly kind: 'role'; readonly role: string }
  | {
      readonly kind: 'compare'
      readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>='
      readonly left: PolicyOperand
      readonly right: PolicyOperand
    }
  | { readonly kind: 'in'; readonly left: PolicyOperand; readonly right: PolicyOperand }
  /** A Boolean field, or a claim taken as one. */
  | { readonly kind: 'truth'; readonly operand: PolicyOperand }
  | {
      readonly kind: 'some' | 'every' | 'none'
      /** To-one relations, and a to-many relation at the end. */
      readonly path: readonly string[]
      readonly model: string
      readonly where: PolicyExpression
    }

export type PolicyOperand =
  | {
      readonly kind: 'field'
      /** To-one relations, and a scalar or enum field at the end. */
      readonly path: readonly string[]
      /** Prisma's scalar type, or the enum's name. */
      readonly type: string
      readonly enum: boolean
      readonly list: boolean
      /** The field or a relation on the way to it may be null. */
      readonly nullable: boolean
    }
  /** `user.orgId` is `['orgId']`. */
  | { readonly kind: 'claim'; readonly path: readonly string[] }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly values: readonly PolicyOperand[] }

/** A rule as it is written; `start` and `end` are indices in its text. */
export type Syntax = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Syntax[] }
  | { readonly kind: 'not'; readonly operand: Syntax }
  | {
      readonly kind: 'binary'
      readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in'
      readonly left: Syntax
      readonly right: Syntax
    }
  | { readonly kind: 'path'; readonly names: readonly string[]; readonly ends: readonly number[] }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Syntax[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Syntax[] }
)
