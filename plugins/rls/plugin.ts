import { definePlugin, render, UserError, viewRowSecurity } from '../../src/kit/index.js'
import { README } from './readme.js'

/** The policies of the schema a second time, in PostgreSQL itself: what a query forgets, the database still refuses. */
export const plugin = definePlugin({
  id: 'rls',
  category: 'security',
  description: 'Policies also as row-level security of PostgreSQL, as a migration',
  options: {},
  contribute(app) {
    if (app.provider !== 'postgresql')
      throw new UserError(
        `The plugin rls needs PostgreSQL, and the schema names ${app.provider}.`,
        ['Leave it out: the app enforces the policies on every database.'],
      )
    if (!app.signIn)
      throw new UserError('The plugin rls needs policies, and this app has none.', [
        'Add a plugin that signs people in, such as jwt, or say who may do what: @@auth and @@policy.',
      ])
    return {
      files: [render('prisma/rls.sql', viewRowSecurity(app))],
      slots: { 'readme.sections': [README] },
    }
  },
})
