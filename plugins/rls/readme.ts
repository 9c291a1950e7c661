/** What the app's README says of row-level security. */
export const README = `### Row-level security

The policies of the schema are also in PostgreSQL itself: \`prisma/rls.sql\`, which \`npx ssot db migrate\` puts into a migration
when a rule has changed. Requests read and write in transactions, as two roles that own nothing and in the name of who calls.
A query that forgets a policy, raw SQL among them, still finds no row that he may not see, and changes none:

\`\`\`sql
BEGIN;
SELECT set_config('role', current_database() || '_reader', true);
SELECT set_config('app.user', '{"id": "1", "via": "JWT", "claims": {"role": "admin"}}', true);
SELECT * FROM …;
ROLLBACK;
\`\`\``
