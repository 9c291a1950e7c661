import { invalid } from './problem.js'

/**
 * Reads a list of paths: `id,author.name`, or in JSON also `['id', 'author.name']`.
 * @throws Problem 400 naming the parameter
 */
export function readPaths(value: unknown, parameter: string, max: number): string[] {
  const paths = typeof value === 'string' ? value.split(',').map((path) => path.trim()) : value
  const valid =
    Array.isArray(paths) &&
    paths.length > 0 &&
    paths.every((path): path is string => typeof path === 'string' && path !== '')
  if (!valid) throw invalid(parameter, 'Expected names separated by commas.')
  if (paths.length > max) throw invalid(parameter, `More than ${max} names.`)
  return paths
}
