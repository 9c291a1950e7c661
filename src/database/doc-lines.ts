/**
 * A comment of the database as documentation in a schema. What only looks like an annotation is kept from being
 * one: whoever may comment a column must not decide who may read it.
 */
export const docLines = (comment: string): string[] =>
  comment.trim() === ''
    ? []
    : comment
        .trim()
        .split(/\r\n|[\n\r\u2028\u2029]/)
        .map((line) => `/// ${line.replace(/^\s*@/, '\\@')}`.trimEnd())
