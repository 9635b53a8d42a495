// The city's login in tests: the certified server of the package oidc-provider, on a port of its own.
// Run as `node provider.mjs '{"clients": […]}'`; writes its address when it listens. Whoever signs in says on the form what the
// provider shall vouch for, so that a test can be anybody.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import Provider from "oidc-provider";

const { clients } = JSON.parse(process.argv[2]);
const people = new Map();
const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = { ...pair.privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "1" };
const page = (body) =>
  `<!doctype html><html lang="sv"><title>Stadens inloggning</title><main><h1>Stadens inloggning</h1>${body}</main></html>`;

const FORM = page(`<form method="post">
  <label>Nummer <input name="sub"></label>
  <label>E-post <input name="email"></label>
  <label>Kontrollerad <input name="verified" type="checkbox" value="1"></label>
  <label>acr <input name="acr"></label>
  <label>amr <input name="amr"></label>
  <button name="act" value="in">Logga in</button>
  <button name="act" value="back">Avbryt</button></form>`);

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: clients.map((client) => ({ token_endpoint_auth_method: "client_secret_post", ...client })),
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(16).toString("hex")] },
    acrValues: ["loa2", "loa3"],
    claims: { openid: ["sub", "acr", "amr", "auth_time"], email: ["email", "email_verified"] },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        logoutSource(ctx, form) {
          ctx.body = page(`${form}<button form="op.logoutForm" name="logout" value="yes">Ja, logga ut</button>`);
        },
      },
    },
    interactions: { url: (ctx, interaction) => `/logga-in/${interaction.uid}` },
    findAccount: (ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...people.get(sub) }) }),
    async loadExistingGrant(ctx) {  // nobody is asked whether the city may tell its own service who she is
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope(ctx.oidc.params.scope);
      await grant.save();
      return grant;
    },
  });

  async function signIn(request, response) {
    if (request.method !== "POST") {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      return response.end(FORM);
    }
    const typed = Object.fromEntries(new URLSearchParams(await text(request)));
    if (typed.act === "back") {
      return provider.interactionFinished(request, response, { error: "access_denied" });
    }
    people.set(typed.sub, typed.email ? { email: typed.email, email_verified: typed.verified === "1" } : {});
    const login = { accountId: typed.sub, acr: typed.acr || undefined, amr: typed.amr ? typed.amr.split(" ") : undefined };
    return provider.interactionFinished(request, response, { login });
  }

  const answer = provider.callback();
  server.on("request", (request, response) => {
    const take = request.url.startsWith("/logga-in/") ? signIn : answer;
    take(request, response);
  });
  console.log(issuer);
});
