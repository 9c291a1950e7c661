import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { repo } from './repo.js'

/** Files that take long, the longest first: started late, one of them would run alone at the end. */
const LONG = [
  'test/constructs/constructs.test.ts',
  'test/plugins/apps.test.ts',
  'test/clients/clients.test.ts',
  'test/plop/manners.test.ts',
  'test/cli/crash.test.ts',
  'test/contract/sqlite.contract.ts',
  'test/contract/pglite.contract.ts',
  'test/policies/sqlite.policies.ts',
  'test/examples/blog.test.ts',
  'test/attacks/sqlite-fastify-signing-in.attacks.ts',
  'test/examples/ecommerce.test.ts',
  'test/examples/ai-chat.test.ts',
  'test/regen/property.test.ts',
  'test/regen/regen.test.ts',
]

/** Starts what takes long first, then the rest as vitest would. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = LONG.indexOf(relative(repo, moduleId).replaceAll('\\', '/'))
      return index === -1 ? LONG.length : index
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
