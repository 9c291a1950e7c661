/** Words that sample text is made of; each list is long enough for the usual handful of rows. */
const PEOPLE = [
  'Ada Lovelace',
  'Alan Turing',
  'Grace Hopper',
  'Edsger Dijkstra',
  'Barbara Liskov',
  'Tony Hoare',
]
const ORDINALS = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth']
const CITIES = ['Berlin', 'Lisbon', 'Toronto', 'Nairobi', 'Osaka', 'Lima']
const COUNTRIES = ['Germany', 'Portugal', 'Canada', 'Kenya', 'Japan', 'Peru']
const COUNTRY_CODES = ['DE', 'PT', 'CA', 'KE', 'JP', 'PE']
const POSTAL_CODES = ['10115', '1100-148', 'M5H 2N2', '00100', '530-0001', '15001']
const STREETS = [
  '12 Garden Street',
  '7 Mill Lane',
  '45 Station Road',
  '3 Harbour Square',
  '28 Hill Avenue',
  '61 Park Row',
]
const CURRENCIES = ['EUR', 'USD', 'GBP', 'CAD', 'JPY', 'CHF']
const LANGUAGES = ['en', 'de', 'fr', 'pt', 'ja', 'sw']
const ZONES = [
  'Europe/Berlin',
  'Europe/Lisbon',
  'America/Toronto',
  'Africa/Nairobi',
  'Asia/Tokyo',
  'America/Lima',
]
const COLOURS = ['#2f6fed', '#d9480f', '#2b8a3e', '#862e9c', '#e8590c', '#0b7285']
const COMPANIES = [
  'Northwind',
  'Blue Harbour',
  'Oak and Sons',
  'Meridian',
  'Copperfield',
  'Lighthouse',
]
const SENTENCES = [
  'A short text that says what this is about.',
  'Made to be read, changed and thrown away.',
  'Some more words, so that lists have something to show.',
  'Everything here is an example.',
  'The quick brown fox jumps over the lazy dog.',
  'Replace this with something of your own.',
]
const PERSON =
  /^(user|customer|author|member|contact|person|people|employee|account|patient|student|teacher|guest|client|owner|admin|player|driver)s?$/
const COMPANY =
  /^(company|organi[sz]ation|brand|seller|vendor|supplier|team|workspace|tenant|shop|store)s?$/

/** What a text is for: the words of the field's and of the model's name, in lower case. */
export type TextContext = { readonly field: readonly string[]; readonly model: readonly string[] }

type Rule = { readonly when: RegExp; readonly text: (context: TextContext, n: number) => string }

// The first rule whose pattern meets the words of the field's name wins; order is from particular to general.
const RULES: readonly Rule[] = [
  {
    when: /\be ?mail\b/,
    text: (c, n) => `${slug(isAbout(c, PERSON) ? person(n) : `${entity(c, n)}`)}@example.com`,
  },
  {
    when: /\b(hash|password|secret|token|api key|salt|signature|checksum)\b/,
    text: (c, n) => `sample-${c.field.join('-')}-${n + 1}`,
  },
  {
    when: /\bmime\b|\bcontent type\b/,
    text: (_c, n) => pick(['image/png', 'application/pdf', 'text/plain'], n),
  },
  { when: /\bfile ?name\b/, text: (c, n) => `${slug(entity(c, n))}.png` },
  {
    when: /\b(avatar|image|photo|picture|logo|thumbnail|icon)\b/,
    text: (c, n) => `https://example.com/images/${slug(entity(c, n))}.png`,
  },
  {
    when: /\b(url|uri|website|link|href|homepage)\b/,
    text: (c, n) => `https://example.com/${slug(entity(c, n))}`,
  },
  { when: /\b(first|given) name\b/, text: (_c, n) => part(person(n), 0) },
  { when: /\b(last|family|sur) ?name\b/, text: (_c, n) => part(person(n), 1) },
  { when: /\b(user ?name|nick ?name|login|handle)\b/, text: (_c, n) => slug(person(n)) },
  { when: /\b(slug|path|key|identifier)\b/, text: (c, n) => slug(entity(c, n)) },
  {
    when: /\b(full|display|recipient|contact|author|customer|owner) name\b|\brecipient\b/,
    text: (_c, n) => person(n),
  },
  { when: /\b(company|organi[sz]ation|brand|carrier)\b/, text: (_c, n) => pick(COMPANIES, n) },
  {
    when: /\b(phone|mobile|fax|tel)\b/,
    text: (_c, n) => `+1 555 010 ${String(n + 1).padStart(4, '0')}`,
  },
  { when: /\bcountry ?code\b/, text: (_c, n) => pick(COUNTRY_CODES, n) },
  { when: /\bcountry\b/, text: (_c, n) => pick(COUNTRIES, n) },
  { when: /\bcity\b|\btown\b/, text: (_c, n) => pick(CITIES, n) },
  { when: /\b(postal|postcode|zip)\b/, text: (_c, n) => pick(POSTAL_CODES, n) },
  { when: /\b(street|address)\b/, text: (_c, n) => pick(STREETS, n) },
  { when: /\bcurrency\b/, text: (_c, n) => pick(CURRENCIES, n) },
  { when: /\b(locale|language|lang)\b/, text: (_c, n) => pick(LANGUAGES, n) },
  { when: /\btime ?zone\b/, text: (_c, n) => pick(ZONES, n) },
  { when: /\bcolou?r\b/, text: (_c, n) => pick(COLOURS, n) },
  { when: /\bip\b/, text: (_c, n) => `192.0.2.${n + 1}` },
  { when: /\bversion\b/, text: (_c, n) => `1.${n}.0` },
  {
    when: /\b(description|content|body|text|bio|summary|excerpt|notes?|comment|message|details|reason|goal|about|instructions|caption)\b/,
    text: (_c, n) => pick(SENTENCES, n),
  },
  {
    when: /\b(sku|code|number|reference|serial|barcode|isbn)\b/,
    text: (c, n) => `${prefix(c.model)}-${String(n + 1).padStart(4, '0')}`,
  },
  {
    when: /^name$/,
    text: (c, n) =>
      isAbout(c, PERSON) ? person(n) : isAbout(c, COMPANY) ? pick(COMPANIES, n) : entity(c, n),
  },
  { when: /\b(name|title|subject|headline|label|heading)$/, text: (c, n) => entity(c, n) },
  { when: /^id$|\bid$/, text: (c, n) => `${c.model.join('-')}-${n + 1}` },
]

/**
 * A text that fits a field by its name: an address for `email`, a sentence for `description`.
 * @param n row, from 0; different rows give different texts
 */
export function textFor(context: TextContext, n: number): string {
  const words = context.field.join(' ')
  const rule = RULES.find(({ when }) => when.test(words))
  return rule ? rule.text(context, n) : `${capital(words)} ${n + 1}`
}

/** Item `n` of a list; past its end with a number, so that no two are equal. */
function pick(list: readonly string[], n: number): string {
  const round = Math.floor(n / list.length)
  const item = list[n % list.length] ?? ''
  return round === 0 ? item : `${item} ${round + 1}`
}

const person = (n: number): string => pick(PEOPLE, n)
const entity = ({ model }: TextContext, n: number): string =>
  `${ORDINALS[n] ?? `Number ${n + 1}`} ${model.join(' ')}`
const isAbout = ({ model }: TextContext, pattern: RegExp): boolean =>
  pattern.test(model.at(-1) ?? '')
const part = (name: string, index: number): string => {
  const [first, ...rest] = name.split(' ')
  return (index === 0 ? first : rest.join(' ')) ?? name
}
const prefix = (model: readonly string[]): string => model.join('').slice(0, 3).toUpperCase()
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const slug = (text: string): string => text.toLowerCase().replace(/[^a-z\d]+/g, '-')
