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

/**
 * Puts compiled templates in place of `src/render/templates.ts`: a module for each pack and plugin, loaded by the runs
 * that need it. To read all of them takes longer than to render an app.
 */
export const precompiledTemplates = (root) => ({
  name: 'precompiled-templates',
  async setup(build) {
    const options = JSON.parse(
      await readFile(join(root, 'src', 'render', 'handlebars-options.json'), 'utf8'),
    )
    const folders = await templatesByFolder(root)
    build.onLoad({ filter: /[\\/]src[\\/]render[\\/]templates\.ts$/ }, () => ({
      contents: loaderOf([...folders.keys()]),
      resolveDir: root,
      loader: 'js',
    }))
    build.onResolve({ filter: /^precompiled:/ }, ({ path }) => ({
      path: path.slice('precompiled:'.length),
      namespace: 'precompiled',
    }))
    build.onLoad({ filter: /.*/, namespace: 'precompiled' }, async ({ path: folder }) => {
      const contents = await compiled(root, folder, folders.get(folder), options)
      // Nobody reads it, and what is short is loaded sooner.
      const { code } = await build.esbuild.transform(contents, { minify: true })
      return { contents: code, loader: 'js' }
    })
  },
})

const loaderOf = (folders) => {
  const loaders = folders.map(
    (folder) =>
      `${JSON.stringify(folder)}: () => import(${JSON.stringify(`precompiled:${folder}`)})`,
  )
  return `import Handlebars from 'handlebars/dist/cjs/handlebars.runtime.js'
const folders = {\n${loaders.join(',\n')}\n}
export const loadTemplate = async (folder, template) => {
  const spec = (await folders[folder]?.())?.specs[template]
  if (!spec) throw new Error(\`Template \${folder}/\${template} was not built.\`)
  return Handlebars.template(spec)
}
`
}

async function compiled(root, folder, templates, options) {
  const specs = await Promise.all(
    templates.map(async (template) => {
      const text = await readFile(join(root, folder, 'files', template), 'utf8')
      return `${JSON.stringify(template)}: ${Handlebars.precompile(text, options)}`
    }),
  )
  return `export const specs = {\n${specs.join(',\n')}\n}\n`
}

/** @returns every template by the folder of its pack or plugin, as paths below `files/`; sorted */
async function templatesByFolder(root) {
  const paths = await Promise.all(
    ['templates', 'plugins'].map(async (kind) =>
      (await readdir(join(root, kind), { recursive: true })).map((path) => `${kind}/${path}`),
    ),
  )
  const folders = new Map()
  for (const path of paths
    .flat()
    .map((one) => one.replaceAll('\\', '/'))
    .sort()) {
    const [, folder, template] = /^([^/]+\/[^/]+)\/files\/(.+\.hbs)$/.exec(path) ?? []
    if (folder) folders.set(folder, [...(folders.get(folder) ?? []), template])
  }
  return folders
}
