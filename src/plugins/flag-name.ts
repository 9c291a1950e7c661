/** What an option of a plugin is called on a command line: `usageTrackerRetentionDays`. */
export function flagName(plugin: string, option: string): string {
  const head = plugin.replace(/-+(\w)/g, (_, letter: string) => letter.toUpperCase())
  return head + option.charAt(0).toUpperCase() + option.slice(1)
}
