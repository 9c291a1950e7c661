/** What a browser does of the way to Google and back: follows links, keeps cookies, sends forms. */
export class Browser {
  private readonly cookies = new Map<string, Map<string, string>>()

  /** @param rewrite where an address really is */
  constructor(private readonly rewrite: (url: string) => string) {}

  /** One request, with the cookies of its server. */
  async send(address: string, form?: Readonly<Record<string, string>>): Promise<Response> {
    const url = this.rewrite(address)
    const { origin } = new URL(url)
    const jar = this.cookies.get(origin) ?? new Map<string, string>()
    this.cookies.set(origin, jar)
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '' || /max-age=0/i.test(cookie)) jar.delete(name)
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
