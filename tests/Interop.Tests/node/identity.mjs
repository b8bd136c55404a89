// Checks an identity header with npm's jose. Prints header and claims as JSON, or ends with 1.
//   node identity.mjs JWKS TOKEN      Environment: MULTIMAIL_NODE_MODULES (where jose lies)
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.MULTIMAIL_NODE_MODULES, "any.js"));
const { compactVerify, createLocalJWKSet } = require("jose");
const [keys, token] = process.argv.slice(2);
try {
  const { payload, protectedHeader } = await compactVerify(token, createLocalJWKSet(JSON.parse(readFileSync(keys))), { algorithms: ["ES256"] });
  process.stdout.write(JSON.stringify({ header: protectedHeader, claims: JSON.parse(new TextDecoder().decode(payload)) }));
} catch (error) {
  process.stderr.write(`${error.code}\n`);
  process.exitCode = 1;
}
