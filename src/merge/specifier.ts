import { posix } from 'node:path'

/** A file that lay at `from` and lies at `to`, and where others have moved to. Paths are POSIX. */
type Place = {
  readonly from: string
  readonly to: string
  readonly moves: ReadonlyMap<string, string>
}

/** @returns a relative specifier of an import, so that it names what it named before */
export function movedSpecifier(specifier: string, { from, to, moves }: Place): string {
  if (!/^\.{1,2}\//.test(specifier)) return specifier
  const target = posix.join(posix.dirname(from), specifier)
  const now = movedTarget(target, moves) ?? target
  if (now === target && posix.dirname(from) === posix.dirname(to)) return specifier
  const relative = posix.relative(posix.dirname(to), now)
  return relative.startsWith('.') ? relative : `./${relative}`
}

/** What an import names has the ending of what is compiled from it, or none. */
function movedTarget(target: string, moves: ReadonlyMap<string, string>): string | undefined {
  const asSource = target.replace(/\.(m?)js(x?)$/, '.$1ts$2')
  const now = moves.get(asSource)
  if (now !== undefined) return now.slice(0, -posix.extname(now).length) + posix.extname(target)
  return moves.get(`${target}.ts`)?.replace(/\.ts$/, '')
}
