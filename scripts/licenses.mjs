import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** @returns the licence of every package that was bundled, as their licences ask */
export async function licenseTexts(root, metafile) {
  const folders = new Set(
    Object.values(metafile.outputs)
      .flatMap(({ inputs }) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
      .filter(Boolean),
  )
  const texts = await Promise.all(
    [...folders].sort().map((folder) => licenseOf(join(root, folder))),
  )
  return texts.join(`\n${'-'.repeat(80)}\n\n`)
}

async function licenseOf(folder) {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const file = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name))
  const text = file ? await readFile(join(folder, file), 'utf8') : `License: ${manifest.license}\n`
  return `${manifest.name} ${manifest.version}\n\n${text}`
}
