import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Handlebars from 'handlebars'

/**
 * node-plop imports an older inquirer, and the plopfile puts ours in its place before anything is asked.
 * Without this the older one would be loaded by every run, for nothing.
 */
export const plopWithoutPrompts = {
  name: 'plop-without-prompts',
  setup(build) {
    build.onResolve({ filter: /^inquirer$/ }, ({ importer }) =>
      /[\\/]node-plop[\\/]/.test(importer) ? { path: 'none', namespace: 'no-inquirer' } : undefined,
    )
    build.onLoad({ filter: /.*/, namespace: 'no-inquirer' }, () => ({
      contents: 'export default {}',
    }))
  },
}

/** Puts a module that holds every template compiled in place of `src/render/templates.ts`. */
export const precompiledTemplates = (root) => ({
  name: 'precompiled-templates',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]render[\\/]templates\.ts$/ }, async () => ({
      contents: await compiledModule(root),
      resolveDir: root,
      loader: 'js',
    }))
  },
})

async function compiledModule(root) {
  const optionsPath = join(root, 'src', 'render', 'handlebars-options.json')
  const options = JSON.parse(await readFile(optionsPath, 'utf8'))
  const specs = []
  for (const key of await templateKeys(root)) {
    const { folder, template } = key
    const text = await readFile(join(root, folder, 'files', template), 'utf8')
    specs.push(
      `${JSON.stringify(`${folder}/${template}`)}: ${Handlebars.precompile(text, options)}`,
    )
  }
  return `import Handlebars from 'handlebars/dist/cjs/handlebars.runtime.js'
const specs = {\n${specs.join(',\n')}\n}
export const loadTemplate = async (folder, template) => {
  const spec = specs[\`\${folder}/\${template}\`]
  if (!spec) throw new Error(\`Template \${folder}/\${template} was not built.\`)
  return Handlebars.template(spec)
}
`
}

/** @returns every template: the folder of its pack or plugin, and its path below `files/`; sorted */
async function templateKeys(root) {
  const paths = await Promise.all(
    ['templates', 'plugins'].map(async (kind) =>
      (await readdir(join(root, kind), { recursive: true })).map((path) => `${kind}/${path}`),
    ),
  )
  return paths
    .flat()
    .map((path) => /^([^/]+\/[^/]+)\/files\/(.+\.hbs)$/.exec(path.replaceAll('\\', '/')))
    .filter((match) => match !== null)
    .map(([, folder, template]) => ({ folder, template }))
    .sort((a, b) => (`${a.folder}/${a.template}` < `${b.folder}/${b.template}` ? -1 : 1))
}
