// A certified OpenID provider on loopback for tests. Usage: node provider.mjs PORT ISSUER REDIRECT_URI...
// Whoever comes is logged in and consents at once: who that is, says the cookie `account`, as JSON of claims.

import { createServer } from "node:http";
import Provider from "oidc-provider";

const [port, issuer, ...redirectUris] = process.argv.slice(2);
const accounts = new Map();

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "lacewing",
      client_secret: "a client secret: with / and %20+",
      redirect_uris: redirectUris,
    },
    { client_id: "other", client_secret: "another secret", redirect_uris: redirectUris },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  pkce: { required: () => true },
  cookies: { keys: ["for tests only"] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, ...accounts.get(id) }),
  }),
  interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
});

async function interact(request, response) {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (prompt.name === "login") {
    const cookie = /(?:^|; )account=([^;]+)/.exec(request.headers.cookie ?? "");
    if (!cookie) {
      const denied = { error: "access_denied", error_description: "<b>nobody</b> is here" };
      return provider.interactionFinished(request, response, denied, { mergeWithLastSubmission: false });
    }
    const { sub, ...claims } = JSON.parse(decodeURIComponent(cookie[1]));
    accounts.set(sub, claims);
    return provider.interactionFinished(request, response, { login: { accountId: sub } });
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

const answer = provider.callback();
createServer((request, response) => {
  if (request.url.startsWith("/interaction/")) {
    interact(request, response).catch((error) => response.writeHead(500).end(String(error)));
  } else {
    answer(request, response);
  }
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
