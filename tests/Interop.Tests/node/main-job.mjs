// The main job with the official TypeScript SDK: an agent sends, a person decides elsewhere, a second agent reads and
// replies. Prints one line of JSON for each result; whoever started it judges them and plays the person.
//
//   node main-job.mjs stdio PROGRAM        the agents' processes are started here
//   node main-job.mjs http  URL            one server for both
//
// Environment: MULTIMAIL_NODE_MODULES (where the SDK lies), FIRST_KEY (http only), SECOND_KEY.
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.MULTIMAIL_NODE_MODULES, "any.js"));
const { Client } = require("@modelcontextprotocol/sdk/client/index.js");
const { StdioClientTransport } = require("@modelcontextprotocol/sdk/client/stdio.js");
const { StreamableHTTPClientTransport } = require("@modelcontextprotocol/sdk/client/streamableHttp.js");

const [kind, server] = process.argv.slice(2);
const patience = 30;

const tell = (step, result) => process.stdout.write(JSON.stringify({ step, result }) + "\n");

const transport = (key) => {
  if (kind === "http") {
    return new StreamableHTTPClientTransport(new URL(server), { requestInit: { headers: { Authorization: `Bearer ${key}` } } });
  }

  const env = { MULTIMAIL_DATA: process.env.MULTIMAIL_DATA, MULTIMAIL_LISTEN: process.env.MULTIMAIL_LISTEN };
  return new StdioClientTransport({ command: server, args: ["stdio"], env: key ? { ...env, MULTIMAIL_API_KEY: key } : env, stderr: "ignore" });
};

const connect = async (key) => {
  const client = new Client({ name: "interop", version: "1.0.0" });
  await client.connect(transport(key));
  return client;
};

const call = (client, name, args, options) => client.callTool({ name, arguments: args }, undefined, options);

// Resolves once the server says that it waits; the call goes on.
const startWaiting = async (client, name, args) => {
  let answer;
  await new Promise((resolve) => {
    answer = call(client, name, args, { onprogress: resolve });
  });
  return { answer };
};

const delivered = (client, id) => call(client, "get_message_status", { message_ids: [id], until: "delivered", wait_seconds: patience });

const first = await connect(process.env.FIRST_KEY);
const second = await connect(process.env.SECOND_KEY);
tell("server", first.getServerVersion());
tell("tools", await first.listTools());

const watch = await startWaiting(second, "wait_for_email", { timeout_seconds: patience });
const sent = await call(first, "send_email", {
  from: "agent@multimail.localhost", to: "you@multimail.localhost", subject: "Offer 4711", text: "Our offer stands until Friday. Shall we go ahead?",
});
tell("pending", await call(first, "list_pending", {}));
tell("sent", sent);
tell("delivered", await delivered(first, sent.structuredContent.message_id));

const arrived = await watch.answer;
tell("arrived", arrived);
tell("inbox", await call(second, "check_inbox", {}));
const received = arrived.structuredContent.message.message_id;
tell("read", await call(second, "read_email", { message_id: received }));

const back = await startWaiting(first, "wait_for_email", { mailbox: "agent@multimail.localhost", timeout_seconds: patience });
const reply = await call(second, "reply_email", { message_id: received, text: "Yes, please go ahead." });
tell("replied", reply);
tell("reply_delivered", await delivered(second, reply.structuredContent.message_id));
const answer = await back.answer;
tell("answer", answer);
tell("thread", await call(first, "get_thread", { message_id: answer.structuredContent.message.message_id, bodies: "full" }));
tell("foreign", await call(second, "read_email", { message_id: sent.structuredContent.message_id }));

await first.close();
await second.close();
