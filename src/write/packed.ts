/** Where the build leaves this package, packed: packing takes longer than writing a small app. */
export const PACKED = 'dist/tool.tgz'
