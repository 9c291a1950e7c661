/** What the app's README says of signing in with Google. */
export const README = `### Signing in with Google

1. In the Google Cloud console make an OAuth client of a web application; its redirect URI is \`/api/auth/google/callback\` below
   \`PUBLIC_URL\`. Its id and secret go to \`GOOGLE_CLIENT_ID\` and \`GOOGLE_CLIENT_SECRET\`; without them the routes answer 503.
2. Link to \`/api/auth/google\`. Who comes back is sent on to \`SIGNED_IN_URL\`, a page of yours, with \`#code=…\`.
3. The page posts \`{ "code" }\` to \`/api/auth/google/tokens\` within a minute, with \`credentials: 'include'\`, and gets the tokens
   that logging in answers. The code is good in the browser that came back.

An account with the same address becomes the one of who comes by Google, where Google has verified the address. A password
that was set before is taken away, as nobody had proven the address; the owner can have a token sent to set one.`
