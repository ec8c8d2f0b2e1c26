// Publishes as a provider does, receives as a client does, and says how long that took. Knows nothing of AWS.
import {createHmac, randomUUID, timingSafeEqual} from 'node:crypto';

const DAY = 24 * 60 * 60 * 1000;
const PATIENCE = 60_000;
const TOLERANCE_SECONDS = 300;

// `world`: api(method, path, body, headers) → {status, body}, store {get, put}, now(), sleep(ms), url (of the receiver).
export async function publish(world) {
  const result = {step: 'setup', ok: 0};
  try {
    const setup = await verified(world, await world.store.get('setup') ?? await setUp(world));
    result.step = 'publish';
    const begun = world.now();
    const update = await say(world, setup);
    result.publishedMs = world.now() - begun;
    result.updateId = update.updateId;
    result.step = 'arrival';
    const arrival = await waitFor(world, () => world.store.get(`arrival#${update.updateId}`), PATIENCE);
    if (!arrival) {
      return {...result, detail: `no webhook within ${PATIENCE / 1000} s`};
    }
    return {...result, ok: 1, arrivedMs: Math.max(0, arrival.at - Date.parse(update.publishedAt))};
  } catch (failure) {
    return {...result, status: failure.status, detail: String(failure.message)};
  }
}

// A client that no statement counts, with one component that nobody else uses and one webhook.
async function setUp(world) {
  const client = await call(world, 'PUT', '/v1/clients/by-external-id/canary', {name: 'Canary', synthetic: true});
  const component = await call(world, 'POST', '/v1/components', {name: `Canary ${randomUUID()}`});
  await call(world, 'PUT', `/v1/clients/${client.id}/components/${component.id}`);
  const endpoint = await call(world, 'POST', `/v1/clients/${client.id}/endpoints`, {url: world.url});
  const setup = {clientId: client.id, componentId: component.id, endpointId: endpoint.id, secret: endpoint.secret};
  await world.store.put('setup', setup);
  return setup;
}

// Nothing is delivered to an endpoint before its challenge is passed; one that was not, for whatever reason, is asked for anew.
async function verified(world, setup) {
  if (setup.verified) {
    return setup;
  }
  const endpoint = `/v1/endpoints/${setup.endpointId}`;
  const isVerified = async () => (await call(world, 'GET', endpoint)).state === 'VERIFIED';
  if (!await waitFor(world, isVerified, PATIENCE)) {
    await call(world, 'POST', `${endpoint}/verify`);
    throw new Error(`${setup.endpointId} is not verified`);
  }
  const known = {...setup, verified: true};
  await world.store.put('setup', known);
  return known;
}

// One drill a day with an update every time, so that lists stay readable.
async function say(world, setup) {
  const text = `The canary sings at ${new Date(world.now()).toISOString()}.`;
  if (setup.noticeId && world.now() - setup.openedAt < DAY) {
    return call(world, 'POST', `/v1/notices/${setup.noticeId}/updates`, {text});
  }
  const notice = await call(world, 'POST', '/v1/notices', {
    kind: 'INCIDENT', severity: 'MINOR', title: 'Canary', drill: true, components: [setup.componentId],
    update: {text, impacts: [{componentId: setup.componentId, level: 'NONE'}]},
  });
  const former = setup.noticeId;
  await world.store.put('setup', {...setup, noticeId: notice.noticeId, openedAt: world.now()});
  if (former) {
    await call(world, 'POST', `/v1/notices/${former}/updates`, {text, state: 'RESOLVED'});
  }
  return notice.latestUpdate;
}

async function call(world, method, path, body) {
  const headers = method === 'POST' ? {'Idempotency-Key': randomUUID()} : {};
  const answer = await world.api(method, path, body, headers);
  if (answer.status >= 300) {
    throw Object.assign(new Error(`${method} ${path}: ${answer.status} ${answer.body?.title ?? ''}`),
      {status: answer.status});
  }
  return answer.body;
}

async function waitFor(world, found, patience) {
  const until = world.now() + patience;
  for (;;) {
    const result = await found();
    if (result || world.now() >= until) {
      return result;
    }
    await world.sleep(500);
  }
}

// A webhook: `headers` in lower case, `body` as text. Challenges come before the secret is known and prove nothing of us.
export async function receive(world, {headers, body}) {
  const webhookId = headers['webhook-id'];
  const challenge = parse(body)?.data?.challenge;
  if (challenge) {
    return {status: 200, body: JSON.stringify({challenge}), outcome: 'challenge', webhookId};
  }
  const setup = await world.store.get('setup');
  if (!setup || !signed(setup.secret, headers, body, world.now())) {
    return {status: 401, body: '', outcome: 'unsigned', webhookId};
  }
  if (!await world.store.get(`arrival#${webhookId}`)) {
    await world.store.put(`arrival#${webhookId}`, {at: world.now()});
  }
  return {status: 204, body: '', outcome: 'received', webhookId};
}

export function signed(secret, headers, body, now) {
  const timestamp = Number(headers['webhook-timestamp']);
  if (!(Math.abs(now / 1000 - timestamp) <= TOLERANCE_SECONDS)) {
    return false;
  }
  const expected = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest();
  return (headers['webhook-signature'] ?? '').split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
    return signature.startsWith('v1,') && given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
