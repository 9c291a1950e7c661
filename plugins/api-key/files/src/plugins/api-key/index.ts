export { authenticate } from './authenticate.js'
export { endpoints } from './endpoints.js'
export { start, stop } from './last-use.js'
export { openApi } from './open-api.js'
