import { describe, expect, it } from 'vitest'
import { invalid, Problem, PROBLEM_LIMITS } from './files/src/http/problem.js'

const many = Array.from({ length: 1000 }, (_, index) => ({ path: `${index}`, message: 'Wrong.' }))

describe('Problem', () => {
  it('holds the first mistakes and the number of all', () => {
    const problem = new Problem(400, 'validation_failed', { errors: many })
    expect(problem.errors).toEqual(many.slice(0, PROBLEM_LIMITS.errors))
    expect(problem.errorCount).toBe(1000)
  })

  it('takes the number from who has counted', () => {
    const errors = many.slice(0, PROBLEM_LIMITS.errors)
    const problem = new Problem(400, 'validation_failed', { errors, errorCount: 21 })
    expect(problem.errorCount).toBe(21)
  })

  it('says no number where it holds all', () => {
    const errors = many.slice(0, PROBLEM_LIMITS.errors)
    expect(new Problem(400, 'validation_failed', { errors })).toMatchObject({
      errors,
      errorCount: undefined,
    })
  })

  it('cuts what it quotes, and no character in two', () => {
    const long = `${'x'.repeat(198)}${'🦊'.repeat(100_000)}`
    const { detail = '', errors: [error] = [] } = invalid(long, long)
    expect(error?.path).toBe(`${'x'.repeat(198)}…`)
    expect(error?.message).toHaveLength(PROBLEM_LIMITS.text - 1)
    expect(detail.length).toBeLessThanOrEqual(PROBLEM_LIMITS.text)
    // Of half a character there is no address.
    expect(() => encodeURIComponent(`${error?.path}${error?.message}${detail}`)).not.toThrow()
  })
})
