import { clientAddress, IPV6_NETWORKS, ipv4Of, ipv6NetworkOf, type Ipv6Network } from './address.js'
import type { ApiRequest } from './route.js'
import { createThrottle, type Throttle } from './throttle.js'

/** How often in so many seconds an IPv4 address may, and each of the IPv6 networks that a caller is in. */
interface NetworkLimit {
  readonly seconds: number
  readonly ipv4: number
  readonly ipv6: Readonly<Record<Ipv6Network, number>>
}

type Caller = Pick<ApiRequest, 'address' | 'header'>

/** Counts by the networks of the caller how often something is done. */
export interface NetworkThrottle {
  /**
   * Counts one in each of them.
   * @returns headers that tell what is left to the narrowest
   * @throws Problem 429 when there were too many in any
   */
  take(caller: Caller): Promise<Readonly<Record<string, string>>>
  /** Takes one back: it was none of those that are to be limited. */
  giveBack(caller: Caller): Promise<void>
}

/**
 * Whoever has an IPv6 network has 2^64 addresses or more, and many have 256 or 65,536 such networks: a limit per
 * address would be none. So the wider networks are counted too.
 * @param name tells apart what is counted; callers see it
 */
export function createNetworkThrottle(name: string, limit: NetworkLimit): NetworkThrottle {
  const { seconds, ipv4: points, ipv6 } = limit
  const byAddress = createThrottle(name, { points, seconds })
  const byNetwork = IPV6_NETWORKS.map((bits) => {
    const label = bits === IPV6_NETWORKS[0] ? name : `${name}/${bits}`
    const throttle = createThrottle(label, { points: ipv6[bits], seconds })
    return { bits, throttle }
  })
  /** The narrowest first. */
  const counted = (caller: Caller): [Throttle, string][] => {
    const address = clientAddress(caller)
    const ipv4 = ipv4Of(address)
    if (ipv4 !== null) return [[byAddress, ipv4]]
    return byNetwork.map(({ bits, throttle }) => [throttle, ipv6NetworkOf(address, bits)])
  }
  return {
    async take(caller) {
      const taken = counted(caller).map(([throttle, network]) => throttle.take(network))
      const [narrowest = {}] = await Promise.all(taken)
      return narrowest
    },
    async giveBack(caller) {
      await Promise.all(counted(caller).map(([throttle, network]) => throttle.giveBack(network)))
    },
  }
}
