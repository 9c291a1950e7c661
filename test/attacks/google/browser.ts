/** What a browser does of the way to Google and back: follows links, keeps cookies, sends forms. */
export class Browser {
  private readonly cookies = new Map<string, Map<string, string>>()

  /**
   * @param rewrite where an address really is
   * @param headers that it sends with every request
   */
  constructor(
    private readonly rewrite: (url: string) => string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** The same browser as it is now, to try something twice. */
  copy(): Browser {
    const other = new Browser(this.rewrite, this.headers)
    for (const [origin, jar] of this.cookies) other.cookies.set(origin, new Map(jar))
    return other
  }

  /** Puts a cookie of a server there by hand. */
  keep(address: string, name: string, value: string): void {
    const { origin } = new URL(this.rewrite(address))
    this.cookies.set(origin, new Map(this.cookies.get(origin)).set(name, value))
  }

  /** Takes all away that a server put there. */
  forget(address: string): void {
    this.cookies.delete(new URL(this.rewrite(address)).origin)
  }

  /** One request, or a form that is sent. */
  send(address: string, form?: Readonly<Record<string, string>>): Promise<Response> {
    return this.request(address, form ? { method: 'POST', body: new URLSearchParams(form) } : {})
  }

  /** Any request, with the cookies of its server. */
  async request(address: string, init: RequestInit = {}): Promise<Response> {
    const url = this.rewrite(address)
    const { origin } = new URL(url)
    const jar = this.cookies.get(origin) ?? new Map<string, string>()
    this.cookies.set(origin, jar)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...this.headers, ...(init.headers as Record<string, string>), cookie }
    const response = await fetch(url, { redirect: 'manual', ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }

  /**
   * From a link to the address at which Google sends people back, by way of its pages.
   * @param sub whom the provider takes the person for
   */
  async throughGoogle(start: string, sub: string): Promise<string> {
    let address = start
    for (let hops = 0; hops < 20; hops++) {
      const response = await this.send(address)
      const location = response.headers.get('location')
      const next = location ?? (await this.submit(address, await response.text(), sub))
      address = new URL(next, this.rewrite(address)).href
      if (address.includes('/api/auth/google/callback')) return address
    }
    throw new Error(`There is no way back from ${address}.`)
  }

  /** Fills in the page of the provider. @returns where it leads */
  private async submit(address: string, page: string, login: string): Promise<string> {
    const [, action = ''] = /action="([^"]+)"/.exec(page) ?? []
    const [, prompt = ''] = /name="prompt" value="([^"]+)"/.exec(page) ?? []
    const form: Record<string, string> =
      prompt === 'login' ? { prompt, login, password: 'x' } : { prompt }
    const response = await this.send(new URL(action, this.rewrite(address)).href, form)
    const location = response.headers.get('location')
    if (location === null) throw new Error(`${response.status} at ${action}: ${page}`)
    return location
  }
}
