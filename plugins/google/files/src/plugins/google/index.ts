export { endpoints } from './endpoints.js'
export { openApi } from './open-api.js'
