/** What the app's README says of API keys. */
export const README = `### API keys

Whoever is signed in makes keys for programs, which then call in the user's name:

\`\`\`sh
curl -X POST http://127.0.0.1:3000/api/auth/api-keys -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\
  -d '{"name":"Nightly export","scopes":["*"],"expiresInDays":90}'
curl http://127.0.0.1:3000/openapi.json -H "x-api-key: $KEY"
npm run api-key -- ada@example.com "Nightly export" '*'    # without anybody signed in, on the server
\`\`\`

The answer holds the key, this once. A scope is \`posts:read\`, \`posts:write\`, \`posts:*\` or \`*\`, and says which addresses a key is
good for; rows that come along with others, or are written along, are a matter of who the user is. Keys manage no keys.`
