// Our golden requests of v3, and how the SDK is asked for the same.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// Our name of an operation; the SDK's; which of the path's ids it takes before its parameters, and which as one of
// them.
const calls = {
  'campaigns.create': ['profiles.campaigns.create', [0]],
  'campaigns.list': ['profiles.campaigns.list', [0]],
  'campaigns.update': ['profiles.campaigns.update', [1], { profileId: 0 }],
  'campaigns.remove': ['profiles.campaigns.delete', [1], { profileId: 0 }],
  'contacts.create': ['contacts.create', []],
  'contacts.get': ['contacts.retrieve', [0]],
  'contacts.list': ['contacts.list', []],
  'contacts.remove': ['contacts.delete', [0]],
  'contacts.update': ['contacts.update', [0]],
  'me': ['me.retrieve', []],
  'messages.activities': ['messages.retrieveActivities', [0]],
  'messages.get': ['messages.retrieveStatus', [0]],
  'messages.send': ['messages.send', []],
  'numbers.lookup': ['numbers.lookup', [0]],
  'profiles.complete': ['profiles.complete', [0]],
  'profiles.create': ['profiles.create', []],
  'profiles.get': ['profiles.retrieve', [0]],
  'profiles.list': ['profiles.list', []],
  'profiles.remove': ['profiles.delete', [0]],
  'profiles.update': ['profiles.update', [0]],
  'templates.create': ['templates.create', []],
  'templates.get': ['templates.retrieve', [0]],
  'templates.list': ['templates.list', []],
  'templates.remove': ['templates.delete', [0]],
  'templates.update': ['templates.update', [0]],
  'users.create': ['users.invite', []],
  'users.get': ['users.retrieve', [0]],
  'users.list': ['users.list', []],
  'users.remove': ['users.remove', [0]],
  'users.update': ['users.updateRole', [0]],
  'webhooks.create': ['webhooks.create', []],
  'webhooks.event_types': ['webhooks.listEventTypes', []],
  'webhooks.events': ['webhooks.listEvents', [0]],
  'webhooks.get': ['webhooks.retrieve', [0]],
  'webhooks.list': ['webhooks.list', []],
  'webhooks.remove': ['webhooks.delete', [0]],
  'webhooks.rotate_secret': ['webhooks.rotateSecret', [0]],
  'webhooks.test': ['webhooks.test', [0]],
  'webhooks.toggle_status': ['webhooks.toggleStatus', [0]],
  'webhooks.update': ['webhooks.update', [0]],
};

// Operations that this version of the SDK does not have.
const absent = [
  'calls.get',
  'calls.hangup',
  'calls.list',
  'calls.participants.add',
  'calls.participants.list',
  'calls.participants.remove',
  'calls.participants.remove_all',
  'calls.participants.update',
  'calls.record',
  'calls.recordings',
  'channels.get',
  'channels.rcs.create',
  'channels.sms.campaigns.create',
  'channels.sms.campaigns.list',
  'channels.sms.campaigns.update',
  'channels.sms.create',
  'channels.sms.get',
  'channels.sms.list',
  'channels.sms.numbers.add',
  'channels.sms.numbers.list',
  'channels.sms.numbers.replace',
  'channels.sms.update',
  'channels.voice.create',
  'channels.voice.create_token',
  'channels.voice.get',
  'channels.voice.list',
  'channels.voice.rotate_secret',
  'channels.voice.test',
  'channels.voice.update',
  'channels.whatsapp.create',
  'compliance.by_country',
  'compliance.requirements',
  'contacts.message_summary',
  'conversations.get',
  'conversations.list',
  'messages.cancel',
  'messages.resend',
  'sender_profiles.create',
  'sender_profiles.get',
  'sender_profiles.list',
  'sender_profiles.remove',
  'sender_profiles.update',
];

export function parseTarget(target) {
  const [path, query = ''] = target.split('?');
  return { path, query: Object.fromEntries(new URLSearchParams(query)) };
}

function parseRequest(text) {
  const [head, ...rest] = text.split(/\r?\n\r?\n/);
  const [first, ...lines] = head.split(/\r?\n/);
  const [method, target] = first.split(' ');
  const headers = Object.fromEntries(lines.filter(Boolean).map((line) => line.split(/: (.*)/).slice(0, 2)));
  const body = rest.join('\n\n').trim();
  return { method, ...parseTarget(target), headers, ...(body === '' ? {} : { body: JSON.parse(body) }) };
}

// What varies in a path: ids, and phone numbers.
function idsOf(path) {
  return path.split('/').map(decodeURIComponent).filter((part) => /^[0-9a-f]{8}-|^\+/.test(part));
}

const values = { true: true, false: false };

function typed(name, text) {
  return name.startsWith('page') ? Number(text) : (values[text] ?? text);
}

function callOf(operation, request) {
  const [method, before, among = {}] = calls[operation];
  const ids = idsOf(request.path);
  const parameters = { ...request.body };
  for (const [name, text] of Object.entries(request.query)) parameters[name] = typed(name, text);
  for (const [name, index] of Object.entries(among)) parameters[name] = ids[index];
  for (const name of ['Idempotency-Key', 'x-profile-id']) {
    const value = request.headers[name.toLowerCase()];
    if (value !== undefined) parameters[name] = value;
  }
  return { method, ids: before.map((index) => ids[index]), parameters };
}

// [{ file, operation, request, method: "profiles.update", ids: [...], parameters: {...} }]
export function readGoldens(folder) {
  const result = [];
  for (const file of readdirSync(folder).sort()) {
    const [, operation, variant] = /^(.+)\.([a-z_]+)\.http$/.exec(file) ?? [];
    if (operation === undefined || variant.startsWith('reply') || absent.includes(operation)) continue;
    if (!(operation in calls)) throw new Error(`${operation} is not in the table of golden.mjs`);
    const request = parseRequest(readFileSync(join(folder, file), 'utf8'));
    result.push({ file, operation, request, ...callOf(operation, request) });
  }
  for (const operation of Object.keys(calls)) {
    if (!result.some((golden) => golden.operation === operation)) throw new Error(`${operation} has no golden request`);
  }
  return result;
}
