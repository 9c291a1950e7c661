import type { Way } from './reads.js'
import { READER, type Caller, type World } from './world.js'

/** A way as text. */
export const shown = ({ request: [method, path, body] }: Way): string =>
  `${method} ${path}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`

/** What an app answers in each world: all is asked once, whoever looks at it. */
export class Observed {
  private readonly texts = new Map<string, string>()

  constructor(private readonly caller: Caller) {}

  async ask(ways: readonly Way[], world: World, who: object = READER): Promise<void> {
    const once = [...new Map(ways.map((way) => [shown(way), way])).values()]
    const stays = once.filter(({ changes }) => !changes)
    await this.caller.enter(world)
    for (const way of stays) await this.note(way, world, who)
    for (const way of once.filter(({ changes }) => changes)) {
      await this.caller.enter(world)
      await this.note(way, world, who)
    }
  }

  private async note(way: Way, world: World, who: object): Promise<void> {
    const { text } = await this.caller.send(way.request, who)
    this.texts.set(keyOf(way, world, who), text)
  }

  /** Those ways by which one learns which of two worlds it is: their answers differ. */
  telling(ways: readonly Way[], world: World, who: object = READER): string[] {
    const at = (way: Way, where: World): string => {
      const text = this.texts.get(keyOf(way, where, who))
      if (text === undefined) throw new Error(`Not asked: ${shown(way)}`)
      return text
    }
    return ways.filter((way) => at(way, 'base') !== at(way, world)).map(shown)
  }
}

const keyOf = (way: Way, world: World, who: object): string =>
  `${world} ${JSON.stringify(who)} ${shown(way)}`
