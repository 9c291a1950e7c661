/** The exact versions that generated apps get, by package. */
export async function pinnedVersions(): Promise<Readonly<Record<string, string>>> {
  const { default: versions } = await import('../templates/versions/package.json', {
    with: { type: 'json' },
  })
  return versions.dependencies
}
