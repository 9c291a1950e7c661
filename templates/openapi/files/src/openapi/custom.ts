import { guardOf } from '../http/access.js'
import type { CustomRoute } from '../http/route.js'
import type { ModelMeta } from '../schema/meta.js'
import { idParameters, type Parameter } from './parameters.js'
import { schemaOf, type JsonSchema } from './json-schema.js'
import { customOperationId } from './names.js'
import { failures, json, LIMIT_HEADERS, success } from './responses.js'

/** A route of `*.custom.ts` as OpenAPI writes it. */
export function customOperation(model: ModelMeta, route: CustomRoute): JsonSchema {
  const { summary, description, body, answer, status = 200 } = route
  const isLimited = guardOf(model.name).throttle !== null
  const content = status === 204 ? undefined : json(answer ? schemaOf(answer, 'output') : {})
  return {
    operationId: customOperationId(route, model),
    summary,
    description: description ?? `${summary}.`,
    tags: [model.name],
    parameters: pathParameters(model, route.path),
    ...(body ? { requestBody: { required: true, content: json(schemaOf(body, 'input')) } } : {}),
    responses: {
      [status]: success(
        content ? 'Done.' : 'Done; there is nothing to say.',
        content,
        isLimited ? LIMIT_HEADERS : [],
      ),
      ...failures([
        ...([400, 404, 409] as const),
        ...(body ? ([413, 415] as const) : []),
        ...(isLimited ? ([429] as const) : []),
        ...([500, 503] as const),
      ]),
    },
  }
}

function pathParameters(model: ModelMeta, path: string): Parameter[] {
  const known = new Map(idParameters(model).map((parameter) => [parameter.name, parameter]))
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => {
    const description = `\`${name}\` in the path.`
    return (
      known.get(name) ?? {
        name,
        in: 'path',
        required: true,
        description,
        schema: { type: 'string' },
      }
    )
  })
}
