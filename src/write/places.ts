/** Staged files wait here; the journal beside them says that all are there. */
export const STAGE = '.ssot/stage'
export const JOURNAL = '.ssot/journal.json'
