// Whether the vendor's TypeScript SDK knows the members of our golden requests, by its types.
//
//   node types.mjs GOLDEN_FOLDER
//
// Makes a TypeScript source of the golden requests' parameters, calls.ts, and has the compiler check it. What the SDK
// requires and we leave out is no error; a name that it does not know, or a value of another type, is.

import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

import { readGoldens } from './golden.mjs';

// Members that the service has and this version of the SDK does not name yet.
const newer = {
  'messages.send': ['scheduled_at', 'media_urls', 'subject', 'channels'],
  'webhooks.create': ['sender_profile'],
  'webhooks.update': ['sender_profile'],
  'campaigns.create': ['campaign.volume'],
  'campaigns.update': ['campaign.volume'],
  'templates.create': ['definition.body.mms'],
};

function withoutNewer(operation, parameters) {
  const result = structuredClone(parameters);
  for (const path of newer[operation] ?? []) {
    const parts = path.split('.');
    const name = parts.pop();
    const object = parts.reduce((inner, part) => inner?.[part], result);
    if (object) delete object[name];
  }
  return result;
}

const head = `import Sent from '@sentdm/sentdm';
declare const sdk: Sent;
type Partly<T> = T extends (infer Item)[] ? Partly<Item>[] : T extends object ? { [Name in keyof T]?: Partly<T[Name]> } : T;
type Parameter<Method extends (...all: any[]) => any, Index extends number> = Partly<NonNullable<Parameters<Method>[Index]>>;
`;

const folder = process.argv[2];
const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, 'calls.ts');
const goldens = readGoldens(folder);
const lines = goldens.map(({ operation, method, ids, parameters }, index) => {
  const literal = JSON.stringify(withoutNewer(operation, parameters));
  return `export const call${index}: Parameter<typeof sdk.${method}, ${ids.length}> = ${literal};`;
});
writeFileSync(source, `${head}${lines.join('\n')}\n`);

const program = ts.createProgram([source], {
  strict: true, noEmit: true, skipLibCheck: true, types: [],
  target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
});
const firstLine = head.split('\n').length - 1;
const problems = ts.getPreEmitDiagnostics(program);
for (const problem of problems) {
  const line = problem.file ? problem.file.getLineAndCharacterOfPosition(problem.start).line - firstLine : -1;
  console.log(`OTHER   ${goldens[line]?.file ?? problem.file?.fileName}\n${ts.flattenDiagnosticMessageText(problem.messageText, '\n')}`);
}
console.log(`the parameters of ${goldens.length} requests, ${problems.length} problems with their types`);
process.exitCode = problems.length === 0 ? 0 : 1;
