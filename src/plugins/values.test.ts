import { describe, expect, it } from 'vitest'
import { definePlugin } from '../kit/index.js'
import { optionValues } from './values.js'

const plugin = definePlugin({
  id: 'sample',
  category: 'other',
  description: 'A plugin with an option of every kind',
  options: {
    label: { kind: 'text', value: '<text>', hint: 'A text' },
    level: { kind: 'choice', choices: ['low', 'high'], default: 'low', hint: 'A choice' },
    days: { kind: 'count', min: 0, max: 10, default: 3, hint: 'A number' },
    strict: { kind: 'switch', default: true, hint: 'A switch' },
    scopes: { kind: 'names', known: [], open: true, hint: 'A list' },
  },
  contribute: () => ({}),
})

describe('options of a plugin', () => {
  it('have their defaults where nothing is given', () => {
    expect(optionValues(plugin, {})).toEqual({
      all: { label: undefined, level: 'low', days: 3, strict: true, scopes: [] },
      given: {},
    })
  })

  it('tell what is not the default', () => {
    const given = { level: 'high', days: 3, strict: false, scopes: ['a', 'b'], label: 'x' }
    expect(optionValues(plugin, given)).toEqual({
      all: given,
      given: { label: 'x', level: 'high', strict: false, scopes: ['a', 'b'] },
    })
  })

  it.each([
    [{ levle: 'low' }, "The plugin 'sample' has no option 'levle'.", 'Did you mean level?'],
    [{ level: 'hihg' }, "'level' of the plugin sample: 'hihg' is not known.", 'Did you mean high?'],
    [
      { days: 11 },
      "'days' of the plugin sample: '11' is not a whole number from 0 to 10.",
      undefined,
    ],
    [
      { strict: 'yes' },
      "'strict' of the plugin sample: 'yes' is neither true nor false.",
      undefined,
    ],
    [{ scopes: 'a' }, "'scopes' of the plugin sample needs a list of names.", undefined],
    [{ constructor: 1 }, "The plugin 'sample' has no option 'constructor'.", expect.any(String)],
  ])('refuse %j', (given, message, remedy) => {
    let error: { message?: string; remedies?: readonly string[] } = {}
    try {
      optionValues(plugin, given)
    } catch (thrown) {
      error = thrown as typeof error
    }
    expect([error.message, error.remedies?.[0]]).toEqual([message, remedy])
  })
})
