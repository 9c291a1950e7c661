import type { Computed } from '../../http/custom.js'
import type { computed } from './member.custom.js'
import type { MemberDto } from './member.dto.js'

declare module './member.dto.js' {
  interface MemberDto extends Computed<typeof computed> {}
}

/** The type knows the computed fields by their own types. */
export const greeting = ({ fullName, isSpy }: MemberDto): string =>
  (isSpy satisfies boolean) ? '' : fullName
