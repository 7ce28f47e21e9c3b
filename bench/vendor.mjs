// Compares the vendor's TypeScript SDK with the library: warm sends, one at a time and 50 at once, block by block in turn.
// Started by bench/vendor, which brings the server and pins everything to one processor.
//
//   node vendor.mjs FOLDER_OF_THE_SDK SENT_BENCH_CALLS BASE_URL SECONDS REPORT.json

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [folder, program, baseURL, seconds, report] = process.argv.slice(2);
const load = createRequire(pathToFileURL(`${folder}/package.json`));
const { default: Sent } = await import(pathToFileURL(load.resolve('@sentdm/sentdm')));

const sdk = new Sent({ baseURL, apiKey: 'c91d7be2-3a40-4f58-8e17-6b0a5f2d94e1' });

// What bench/workload.cpp sends.
const parameters = { name: 'Mira Lindqvist', order_id: '12345' };
const template = 'a2e6c0d8-1b3f-4a95-8c7e-f04b9d6132ac';
const v1Body = {
  contactId: '5d1a9f40-77c2-4e0b-b6a3-91e4c8d2f015',
  templateId: template,
  messageBody: parameters,
  webhookUrl: 'https://hooks.example.org/message-status',
};

async function sendV3() {
  const reply = await sdk.messages.send({
    to: ['+14155550100'],
    channel: ['sms'],
    template: { id: template, parameters },
    'Idempotency-Key': randomUUID(),
  });
  if (reply.data.recipients.length !== 1) throw new Error('not the reply that was expected');
}

const sendV1 = () => sdk.post('/v1/messages/contact', {
  body: v1Body,
  headers: { 'x-sender-id': '0f3c2a71-5b1e-4c7d-9a44-2d8e61b7c903' },
});

// A side that lives in this process: `atOnce` loops of calls.
function vendor(call, atOnce) {
  return async (calls) => {
    const cpuBefore = process.cpuUsage();
    const start = process.hrtime.bigint();
    let left = calls;
    await Promise.all(Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await call();
    }));
    const wall = Number(process.hrtime.bigint() - start) * 1e-9;
    const cpu = process.cpuUsage(cpuBefore);
    return { calls, wall, cpu: (cpu.user + cpu.system) * 1e-6 };
  };
}

// A side that is sent-bench-calls.
function library(kind) {
  const child = spawn(program, [kind, '-', baseURL], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const run = async (calls) => {
    child.stdin.write(`${calls}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`${kind} has ended`);
    const [wall, cpu] = value.split(' ').map(Number);
    return { calls, wall, cpu };
  };
  return Object.assign(run, { end: () => child.stdin.end() });
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

// Blocks of both in turn until the time is up; the second of ours shows the noise.
async function compare({ name, theirs, ours, calls, ourCalls }) {
  const sides = [theirs, library(ours), library(ours)];
  const block = (index) => sides[index](index === 0 ? calls : ourCalls);
  // What is compiled just in time should be by then.
  for (let warm = 0; warm < 30; ++warm) await block(0);
  for (const index of sides.keys()) await block(index);
  const rounds = [];
  const end = Date.now() + (seconds * 1000) / comparisons.length;
  while (rounds.length < 5 || Date.now() < end) {
    const order = rounds.length % 2 === 0 ? [0, 1, 2] : [2, 1, 0];
    const round = [];
    for (const index of order) round[index] = await block(index);
    rounds.push(round);
  }
  sides[1].end();
  sides[2].end();
  const rate = (side) => side.calls / side.wall;
  const cpu = (side) => (side.cpu / side.calls) * 1e6;
  return {
    name,
    rounds: rounds.length,
    rate_ratio: median(rounds.map(([vendor, sent]) => rate(sent) / rate(vendor))),
    cpu_ratio: median(rounds.map(([vendor, sent]) => cpu(vendor) / cpu(sent))),
    a_a: median(rounds.map(([, first, second]) => rate(first) / rate(second))),
    vendor_rate: median(rounds.map(([vendor]) => rate(vendor))),
    sent_rate: median(rounds.map(([, sent]) => rate(sent))),
    vendor_cpu_us: median(rounds.map(([vendor]) => cpu(vendor))),
    sent_cpu_us: median(rounds.map(([, sent]) => cpu(sent))),
  };
}

const comparisons = [
  { name: 'v3 send', theirs: vendor(sendV3, 1), ours: 'sdk-v3-send', calls: 100, ourCalls: 1000, target: 13 },
  { name: 'v1 send', theirs: vendor(sendV1, 1), ours: 'sdk-v1-send', calls: 100, ourCalls: 1000, target: 12 },
  { name: 'v3 send, 50 in flight', theirs: vendor(sendV3, 50), ours: 'sdk-stream-50-v3', calls: 250, ourCalls: 2500, target: 18, cpuTarget: 18 },
];

const rows = [];
const verdict = (value, target) => (target ? `(>= ${target}  ${value >= target ? 'met' : 'MISSED'})` : '');
for (const comparison of comparisons) {
  const row = { ...(await compare(comparison)), target: comparison.target, cpu_target: comparison.cpuTarget ?? null };
  rows.push(row);
  console.log(`${row.name}: ${row.rate_ratio.toFixed(1)} times the calls per second ${verdict(row.rate_ratio, row.target)}, `
    + `1/${row.cpu_ratio.toFixed(1)} of the processor time ${verdict(row.cpu_ratio, row.cpu_target)}\n`
    + `    for context: ${row.sent_rate.toFixed(0)} to ${row.vendor_rate.toFixed(0)} calls/s, `
    + `${row.sent_cpu_us.toFixed(1)} to ${row.vendor_cpu_us.toFixed(1)} us of cpu a call; `
    + `A/A ${row.a_a.toFixed(3)}; ${row.rounds} rounds`);
}
writeFileSync(report, `${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);
