import { describe, expect, it } from 'vitest'
import { exampleSchema } from '../../src/config.js'
import { options, type Option } from '../../src/options.js'
import { loadSchema } from '../../src/schema/load.js'
import type { Provider } from '../../src/schema/model.js'
import {
  coveringRows,
  EXCLUDED,
  factorsOf,
  flagsOf,
  labelOf,
  matrixRows,
  type Factors,
  type Row,
} from './rows.js'

/** Pairs of values of different factors, as text, that no row holds. */
function missing(factors: Factors, rows: readonly Row[]): string[] {
  const names = Object.keys(factors)
  return names.flatMap((one, index) =>
    names
      .slice(index + 1)
      .flatMap((other) =>
        factors[one]!.flatMap((a) =>
          factors[other]!.filter(
            (b) => !rows.some((row) => row[one] === a && row[other] === b),
          ).map((b) => `${one}=${a} ${other}=${b}`),
        ),
      ),
  )
}

const excluded = ['example=ai-chat database=sqlite', 'example=ai-chat database=mysql server']

describe('the rows of the matrix', () => {
  it('hold every pair of values but those that exclude each other', () => {
    expect(missing(factorsOf(options), matrixRows())).toEqual(excluded)
  })

  it('hold every pair of an option that comes later, and of every plugin', () => {
    const later: Record<string, Option> = {
      ...options,
      ui: { ...options.ui, choices: ['none', 'next'] },
      plugins: { ...options.plugins, known: ['jwt', 's3', 'stripe'] },
    }
    const factors = factorsOf(later)
    expect(Object.keys(factors)).toEqual(
      expect.arrayContaining(['ui', 'plugins jwt', 'plugins s3', 'plugins stripe']),
    )
    expect(missing(factors, coveringRows(factors))).toEqual(excluded)
  })

  it('are far fewer than all combinations, and always the same', () => {
    const all = Object.values(factorsOf(options)).reduce((n, values) => n * values.length, 1)
    expect(matrixRows().length).toBeLessThan(all / 20)
    expect(matrixRows()).toEqual(matrixRows())
    expect(new Set(matrixRows().map(labelOf)).size).toBe(matrixRows().length)
  })

  it('try every choice, each database as it can be reached, and both generations of Yarn', () => {
    expect(factorsOf(options)).toMatchObject({
      framework: options.framework.choices,
      mode: options.mode.choices,
      example: options.example.choices,
      database: ['sqlite', 'postgresql embedded', 'postgresql server', 'mysql server'],
      pm: ['npm', 'pnpm', 'yarn 1', 'yarn 4', 'bun'],
      format: [true, false],
    })
  })

  it('leave out only what is refused', async () => {
    for (const { example, database } of EXCLUDED) {
      const provider = String(database).split(' ')[0] as Provider
      await expect(loadSchema({ path: exampleSchema(String(example)), provider })).rejects.toThrow(
        'Prisma refuses the schema',
      )
    }
  })

  it('are asked for by flags', () => {
    const row = {
      database: 'mysql server',
      format: false,
      'plugins jwt': true,
      'plugins s3': false,
    }
    expect(flagsOf(row)).toEqual(['--database', 'mysql', '--no-format', '--plugins', 'jwt'])
  })
})
