// Works through all 40 operations of the vendor's TypeScript SDK, as a program would with the real service.
//
// The SDK reads where to go from SENT_BASE_URL and SENT_DM_API_KEY. Prints a line per operation; exit code 1
// when any of them answers otherwise than documented.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';

import Sent from '@sentdm/sentdm';

const client = new Sent({ maxRetries: 0, timeout: 10_000 });
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const e164 = '+14155550142';

let done = 0;
const failures = [];

// Runs one operation and looks at what came back; the result is the reply's data.
async function check(name, status, call, look = () => {}) {
  ++done;
  try {
    const { data: reply, response } = await call().withResponse();
    assert.equal(response.status, status, 'status');
    if (status !== 204) {
      assert.equal(reply.success, true, 'success');
      assert.equal(reply.error, null, 'error');
      assert.equal(reply.meta.version, 'v3', 'meta.version');
      assert.equal(reply.meta.request_id, response.headers.get('x-request-id'), 'meta.request_id');
      look(reply.data, response);
    }
    console.log(`ok      ${name}  ${status}`);
    return reply?.data;
  } catch (error) {
    failures.push(name);
    console.log(`FAILED  ${name}  ${error.message.split('\n').slice(0, 12).join(' | ')}`);
    return undefined;
  }
}

// Waits for something that happens by itself, at most ten seconds.
async function until(condition) {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    const found = await condition();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return undefined;
}

const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    received.push({ path: request.url, headers: request.headers, body });
    response.end();
  });
});
const received = [];
await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
const receiverUrl = `http://127.0.0.1:${receiver.address().port}`;

function isPage(pagination) {
  assert.equal(pagination.page, 1);
  assert.equal(pagination.page_size, 10);
  assert.equal(typeof pagination.total_count, 'number');
  assert.equal(typeof pagination.has_more, 'boolean');
}

async function account() {
  await check('me.retrieve', 200, () => client.me.retrieve(), (me) => {
    assert.equal(me.type, 'organization');
    assert.equal(me.channels.sms.configured, true);
    assert.ok(Array.isArray(me.profiles));
  });
  await check('numbers.lookup', 200, () => client.numbers.lookup('+442071838750'), (number) => {
    assert.equal(number.phone_number, '+442071838750');
    assert.equal(number.is_valid, true);
    assert.equal(number.country_code, 'GB');
  });
}

async function contacts() {
  const made = await check('contacts.create', 201,
    () => client.contacts.create({ phone_number: e164, 'Idempotency-Key': 'contact-1' }),
    (contact) => {
      assert.match(contact.id, uuid);
      assert.equal(contact.phone_number, e164);
      assert.equal(contact.opt_out, false);
    });
  const id = made?.id ?? '';
  await check('contacts.retrieve', 200, () => client.contacts.retrieve(id),
    (contact) => assert.equal(contact.format_e164 ?? contact.phone_number, e164));
  await check('contacts.list', 200, () => client.contacts.list({ page: 1, page_size: 10, phone: e164 }),
    (list) => {
      isPage(list.pagination);
      assert.deepEqual(list.contacts.map((contact) => contact.id), [id]);
    });
  await check('contacts.update', 200, () => client.contacts.update(id, { opt_out: true }),
    (contact) => assert.equal(contact.opt_out, true));
  await check('contacts.delete', 204, () => client.contacts.delete(id, {}));
}

function definition(text) {
  return {
    body: {
      multiChannel: {
        template: text,
        variables: [{ id: 0, name: 'order', type: 'variable', props: { variableType: 'text', sample: '1001' } }],
      },
    },
  };
}

async function templates() {
  const made = await check('templates.create', 201,
    () => client.templates.create({
      category: 'UTILITY', language: 'en_US', submit_for_review: true,
      definition: definition('Order {{0:variable}} is ready.'),
    }),
    (template) => {
      assert.match(template.id, uuid);
      assert.equal(template.category, 'UTILITY');
      assert.equal(template.status, 'PENDING');
      assert.deepEqual(template.variables, ['order']);
    });
  const id = made?.id ?? '';
  await check('templates.retrieve', 200, () => client.templates.retrieve(id),
    (template) => assert.equal(template.name, made.name));
  await check('templates.list', 200, () => client.templates.list({ page: 1, page_size: 10 }), (list) => {
    isPage(list.pagination);
    assert.ok(list.templates.some((template) => template.id === id));
  });
  const ready = await until(async () => (await client.templates.retrieve(id)).data.status === 'APPROVED');
  if (!ready) failures.push('approval of a template');
  await messages(made?.name);
  await check('templates.update', 200,
    () => client.templates.update(id, { definition: definition('Your order {{0:variable}} is ready.') }),
    (template) => assert.equal(template.id, id));
  await check('templates.delete', 204, () => client.templates.delete(id, { delete_from_meta: false }));
}

async function messages(template) {
  const sent = await check('messages.send', 202,
    () => client.messages.send({
      to: ['+12025550123', '+12025550124'], channel: ['sms'],
      template: { name: template, parameters: { order: '1001' } }, 'Idempotency-Key': 'message-1',
    }),
    (data) => {
      assert.equal(data.status, 'QUEUED');
      assert.equal(data.template_name, template);
      assert.deepEqual(data.recipients.map((one) => one.to), ['+12025550123', '+12025550124']);
      assert.equal(data.recipients[0].body, 'Order 1001 is ready.');
      assert.equal(data.recipients[0].channel, 'sms');
      assert.match(data.recipients[0].message_id, uuid);
    });
  const id = sent?.recipients?.[0]?.message_id ?? '';
  await until(async () => (await client.messages.retrieveStatus(id)).data.status === 'DELIVERED');
  await check('messages.retrieveStatus', 200, () => client.messages.retrieveStatus(id), (message) => {
    assert.equal(message.id, id);
    assert.equal(message.status, 'DELIVERED');
    assert.equal(message.direction, 'OUTBOUND');
    assert.equal(message.message_body.content, 'Order 1001 is ready.');
    assert.equal(typeof message.price, 'number');
    assert.equal(message.events[0].status, 'QUEUED');
  });
  await check('messages.retrieveActivities', 200, () => client.messages.retrieveActivities(id), (data) => {
    assert.equal(data.message_id, id);
    assert.equal(data.activities[0].status, 'DELIVERED');
    assert.match(data.activities[0].price, /^\d+\.\d{4}$/);
  });
}

async function webhooks() {
  const wanted = {
    display_name: 'Delivery events', endpoint_url: `${receiverUrl}/events`, event_types: ['message'],
    event_filters: { message: ['delivered'] }, retry_count: 2, timeout_seconds: 10,
  };
  const made = await check('webhooks.create', 201, () => client.webhooks.create(wanted), (webhook) => {
    assert.match(webhook.id, uuid);
    assert.match(webhook.signing_secret, /^whsec_/);
    assert.equal(webhook.is_active, true);
    assert.equal(webhook.retry_count, 2);
    assert.deepEqual(webhook.event_filters, wanted.event_filters);
  });
  const id = made?.id ?? '';
  await check('webhooks.listEventTypes', 200, () => client.webhooks.listEventTypes(),
    (data) => assert.ok(data.event_types.some((type) => type.name === 'message')));
  await check('webhooks.retrieve', 200, () => client.webhooks.retrieve(id), (webhook) => {
    assert.equal(webhook.endpoint_url, wanted.endpoint_url);
    assert.notEqual(webhook.signing_secret, made.signing_secret);
  });
  await check('webhooks.list', 200, () => client.webhooks.list({ page: 1, page_size: 10, is_active: true }),
    (list) => {
      isPage(list.pagination);
      assert.ok(list.webhooks.some((webhook) => webhook.id === id));
    });
  await check('webhooks.test', 200, () => client.webhooks.test(id, { event_type: 'message.delivered' }),
    (data) => assert.equal(data.success, true));
  if (!(await until(() => received.find((post) => post.path === '/events')))) failures.push('a test event');
  await check('webhooks.listEvents', 200, () => client.webhooks.listEvents(id, { page: 1, page_size: 10 }),
    (list) => {
      isPage(list.pagination);
      assert.ok(Array.isArray(list.events));
    });
  await check('webhooks.rotateSecret', 200, () => client.webhooks.rotateSecret(id, {}), (data) => {
    assert.match(data.signing_secret, /^whsec_/);
    assert.notEqual(data.signing_secret, made.signing_secret);
  });
  await check('webhooks.update', 200,
    () => client.webhooks.update(id, { ...wanted, display_name: 'All events', event_filters: null }),
    (webhook) => assert.equal(webhook.display_name, 'All events'));
  await check('webhooks.toggleStatus', 200, () => client.webhooks.toggleStatus(id, { is_active: false }),
    (webhook) => assert.equal(webhook.is_active, false));
  await check('webhooks.delete', 204, () => client.webhooks.delete(id));
}

const brand = {
  contact: { name: 'Mira Example', businessName: 'Example' },
  business: { legalName: 'Example Ltd', entityType: 'PRIVATE_PROFIT', country: 'US' },
  compliance: {
    brandRelationship: 'BASIC_ACCOUNT', vertical: 'HEALTHCARE', isTcrApplication: true,
    destinationCountries: [{ id: 'US', isMain: true }],
  },
};

async function profiles() {
  const made = await check('profiles.create', 201,
    () => client.profiles.create({
      name: 'Clinic', short_name: 'Clinic 1', billing_model: 'profile', brand, inherit_tcr_brand: false,
      billing_contact: { name: 'Noa', email: 'noa@example.org' },
    }),
    (profile) => {
      assert.match(profile.id, uuid);
      assert.equal(profile.status, 'incomplete');
      assert.equal(profile.billing_contact.email, 'noa@example.org');
      assert.equal(profile.brand.contact.business_name, 'Example');
      assert.equal(profile.brand.compliance.brand_relationship, 'BASIC_ACCOUNT');
    });
  const id = made?.id ?? '';
  await check('profiles.retrieve', 200, () => client.profiles.retrieve(id),
    (profile) => assert.equal(profile.short_name, 'Clinic 1'));
  await check('profiles.list', 200, () => client.profiles.list(),
    (list) => assert.ok(list.profiles.some((profile) => profile.id === id)));
  await check('profiles.update', 200, () => client.profiles.update(id, { description: 'A clinic', short_name: null }),
    (profile) => {
      assert.equal(profile.description, 'A clinic');
      assert.equal(profile.short_name, null);
    });
  await campaigns(id);
  await check('profiles.complete', 202, () => client.profiles.complete(id, { webHookUrl: `${receiverUrl}/done` }),
    (data) => assert.equal(typeof data.message, 'string'));
  const end = await until(() => received.find((post) => post.path === '/done'));
  if (!end || JSON.parse(end.body).status !== 'SUBMITTED') failures.push('the end of a completion');
  await check('profiles.delete', 204, () => client.profiles.delete(id, {}));
}

async function campaigns(profileId) {
  const campaign = {
    name: 'Reminders', description: 'Reminds of visits', type: 'App',
    useCases: [{ messagingUseCaseUs: 'ACCOUNT_NOTIFICATION', sampleMessages: ['Your visit is at 14:30.'] }],
  };
  const made = await check('profiles.campaigns.create', 201,
    () => client.profiles.campaigns.create(profileId, { campaign }),
    (data) => {
      assert.match(data.id, uuid);
      assert.equal(data.status, 'SENT_CREATED');
      assert.deepEqual(data.useCases[0].sampleMessages, campaign.useCases[0].sampleMessages);
    });
  const id = made?.id ?? '';
  await check('profiles.campaigns.list', 200, () => client.profiles.campaigns.list(profileId),
    (list) => assert.deepEqual(list.map((one) => one.id), [id]));
  await check('profiles.campaigns.update', 200,
    () => client.profiles.campaigns.update(id, { profileId, campaign: { ...campaign, name: 'Offers' } }),
    (data) => assert.equal(data.name, 'Offers'));
  const other = (await client.profiles.campaigns.create(profileId, { campaign })).data;
  await check('profiles.campaigns.delete', 204,
    () => client.profiles.campaigns.delete(other.id, { profileId }));
}

async function users() {
  const made = await check('users.invite', 201,
    () => client.users.invite({ email: 'noa@example.org', name: 'Noa', role: 'developer' }),
    (user) => {
      assert.match(user.id, uuid);
      assert.equal(user.status, 'invited');
      assert.equal(user.role, 'developer');
    });
  const id = made?.id ?? '';
  await check('users.retrieve', 200, () => client.users.retrieve(id),
    (user) => assert.equal(user.email, 'noa@example.org'));
  await check('users.list', 200, () => client.users.list(),
    (list) => assert.ok(list.users.some((user) => user.id === id)));
  await check('users.updateRole', 200, () => client.users.updateRole(id, { role: 'billing' }),
    (user) => assert.equal(user.role, 'billing'));
  await check('users.remove', 204, () => client.users.remove(id, {}));
}

// The errors that the SDK has classes for.
async function errors() {
  const nobody = '11111111-2222-4333-8444-555555555555';
  const expect = async (kind, code, call) => {
    const error = await call().then(() => undefined, (refusal) => refusal);
    if (!(error instanceof kind) || error.error?.error?.code !== code) {
      failures.push(`${kind.name} ${code}`);
      console.log(`FAILED  ${kind.name} ${code}  ${error}`);
    } else {
      console.log(`ok      ${kind.name}  ${error.status}  ${code}`);
    }
  };
  const stranger = new Sent({ apiKey: 'wrong', maxRetries: 0 });
  await expect(Sent.BadRequestError, 'VALIDATION_002', () => client.contacts.create({ phone_number: '12' }));
  await expect(Sent.AuthenticationError, 'AUTH_002', () => stranger.me.retrieve());
  await expect(Sent.NotFoundError, 'RESOURCE_001', () => client.contacts.retrieve(nobody));
  await expect(Sent.NotFoundError, 'RESOURCE_014', () => client.contacts.list({ page: 1, page_size: 10, 'x-profile-id': nobody }));
  const known = (await client.users.list()).data.users[0];
  await expect(Sent.ConflictError, 'RESOURCE_007',
    () => client.users.invite({ email: known.email, name: 'Twice', role: 'admin' }));
  await expect(Sent.PermissionDeniedError, 'AUTH_004', () => client.users.remove(known.id, {}));
}

for (const part of [account, contacts, templates, webhooks, profiles, users, errors]) {
  await part().catch((error) => failures.push(`${part.name}: ${error.message}`));
}
receiver.close();
receiver.closeAllConnections();
if (done !== 40) failures.push(`${done} operations instead of 40`);
console.log(failures.length === 0 ? `all ${done} operations` : `failed: ${failures.join(', ')}`);
process.exitCode = failures.length === 0 ? 0 : 1;
