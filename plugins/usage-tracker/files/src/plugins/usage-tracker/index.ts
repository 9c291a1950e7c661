export { endpoints } from './endpoints.js'
export { openapi } from './openapi.js'
export { check, observe, start, stop } from './tracker.js'
