// What the vendor's TypeScript SDK puts on the wire, for the parameters of our golden requests.
//
//   node requests.mjs GOLDEN_FOLDER OUTPUT.json
//
// Calls the SDK once for each golden request of an operation that it has, against a server that notes what arrives,
// and compares the two member for member. Writes what arrived to OUTPUT.json, by the name of the golden file. Exit
// code 1 when there is a difference.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

import Sent from '@sentdm/sentdm';

import { parseTarget, readGoldens } from './golden.mjs';

// Headers that say what is asked for, as opposed to by whom.
const headersOfInterest = ['accept', 'content-type', 'idempotency-key', 'x-api-key', 'x-profile-id'];

// Where the contract recommends something else than the SDK does.
function asRecommended({ method, path, query, headers, body }) {
  const result = { method, path: path.replace('/lookup/+', '/lookup/%2B'), query, headers: { ...headers } };
  // It accepts anything where no body comes back, JSON everywhere else.
  if (method === 'DELETE') result.headers.accept = result.headers.accept.replace('*/*', 'application/json');
  return body === undefined ? result : { ...result, body };
}

let arrived;
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (part) => (text += part));
  request.on('end', () => {
    const headers = {};
    for (const name of headersOfInterest) {
      if (request.headers[name] !== undefined) headers[name] = request.headers[name];
    }
    arrived = { method: request.method, ...parseTarget(request.url), headers };
    if (text !== '') arrived.body = JSON.parse(text);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true,"data":{}}');
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const baseURL = `http://127.0.0.1:${server.address().port}`;

const [folder, output] = process.argv.slice(2);
const recorded = {};
let differences = 0;
for (const { file, request, method, ids, parameters } of readGoldens(folder)) {
  const sdk = new Sent({ baseURL, apiKey: request.headers['x-api-key'], maxRetries: 0 });
  const path = method.split('.');
  const name = path.pop();
  const resource = path.reduce((object, part) => object[part], sdk);
  await resource[name](...ids, parameters);
  recorded[file] = arrived;
  try {
    assert.deepEqual(asRecommended(arrived), request);
  } catch (error) {
    ++differences;
    console.log(`OTHER   ${file}\n${error.message}`);
  }
}
server.close();
server.closeAllConnections();
writeFileSync(output, `${JSON.stringify(recorded, null, 1)}\n`);
console.log(`${Object.keys(recorded).length} requests, ${differences} different from ours`);
process.exitCode = differences === 0 ? 0 : 1;
