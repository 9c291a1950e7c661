import { env } from '../env.js'

/** For helmet, on either framework. The documentation page needs its own styles, nothing else. */
export const securityHeaders = {
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      styleSrc: ["'self'", "'unsafe-inline'"],
      frameAncestors: ["'none'"],
      upgradeInsecureRequests: null,
    },
  },
  crossOriginResourcePolicy: { policy: 'same-origin' as const },
}

/** Nobody may call from another origin unless CORS_ORIGINS names it. */
export const corsOptions = {
  origin: env.CORS_ORIGINS,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: ['content-type', 'authorization', 'if-match', 'if-none-match', 'x-request-id'],
  exposedHeaders: ['etag', 'location', 'retry-after', 'x-request-id'],
  maxAge: 600,
}
