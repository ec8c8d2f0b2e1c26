import assert from 'node:assert/strict';
import {createHmac} from 'node:crypto';
import {test} from 'node:test';
import {publish, receive, signed} from '../../../main/resources/canary/canary.mjs';

const SECRET = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;

// An API that answers like Punctual's, a memory, and a clock that sleeping moves.
function world({deliver = true, publishStatus = 201, challengesToPass = 1} = {}) {
  let now = Date.parse('2026-11-23T12:00:00Z');
  const memory = new Map();
  const calls = [];
  const store = {get: async (id) => memory.get(id), put: async (id, value) => void memory.set(id, value)};
  let updates = 0;
  let challenges = 1;
  const say = () => {
    const updateId = `upd_${++updates}`;
    if (deliver) {
      memory.set(`arrival#${updateId}`, {at: now + 120});
    }
    return {updateId, publishedAt: new Date(now).toISOString()};
  };
  const api = async (method, path, body, headers) => {
    calls.push({method, path, body, headers});
    if (path === '/v1/clients/by-external-id/canary') return {status: 201, body: {id: 'cli_1'}};
    if (path === '/v1/components') return {status: 201, body: {id: 'cmp_1'}};
    if (path.endsWith('/endpoints')) return {status: 201, body: {id: 'end_1', secret: SECRET}};
    if (method === 'GET') {
      return {status: 200, body: {state: challenges >= challengesToPass ? 'VERIFIED' : 'UNVERIFIED'}};
    }
    if (path.endsWith('/verify')) {
      challenges++;
      return {status: 202};
    }
    if (method === 'PUT') return {status: 204};
    if (path === '/v1/notices') return {status: publishStatus, body: {noticeId: `not_${now}`, latestUpdate: say()}};
    return {status: 201, body: say()};
  };
  return {api, store, memory, calls, now: () => now, sleep: async (ms) => { now += ms; }, url: 'https://receiver',
    later: (ms) => { now += ms; }};
}

test('sets itself up, publishes a drill and measures its arrival', async () => {
  const w = world();
  const result = await publish(w);
  assert.deepEqual({ok: result.ok, arrivedMs: result.arrivedMs}, {ok: 1, arrivedMs: 120});
  const notice = w.calls.find((call) => call.path === '/v1/notices');
  assert.equal(notice.body.drill, true);
  assert.ok(notice.headers['Idempotency-Key']);
  assert.equal(w.calls[0].body.synthetic, true);
});

test('an endpoint that missed its challenge is challenged again, and the next time tried', async () => {
  const w = world({challengesToPass: 2});
  const result = await publish(w);
  assert.deepEqual({ok: result.ok, step: result.step}, {ok: 0, step: 'setup'});
  assert.equal(w.calls.at(-1).path, '/v1/endpoints/end_1/verify');
  assert.equal((await publish(w)).ok, 1);
  assert.equal(w.calls.filter((call) => call.path.endsWith('/endpoints')).length, 1);
});

test('goes on with the same notice for a day, then closes it and opens another', async () => {
  const w = world();
  await publish(w);
  w.calls.length = 0;
  await publish(w);
  assert.deepEqual(w.calls.map((call) => call.path.replace(/not_\d+/, 'N')), ['/v1/notices/N/updates']);
  w.later(25 * 60 * 60 * 1000);
  w.calls.length = 0;
  await publish(w);
  assert.equal(w.calls[0].path, '/v1/notices');
  assert.equal(w.calls[1].body.state, 'RESOLVED');
});

test('a webhook that does not come is a failure', async () => {
  const result = await publish(world({deliver: false}));
  assert.deepEqual({ok: result.ok, step: result.step}, {ok: 0, step: 'arrival'});
});

test('a refused publication is a failure that says its step and status', async () => {
  const result = await publish(world({publishStatus: 503}));
  assert.deepEqual({ok: result.ok, step: result.step, status: result.status}, {ok: 0, step: 'publish', status: 503});
});

function webhook(now, body = '{"type":"update.published"}', secret = SECRET) {
  const headers = {'webhook-id': 'upd_9', 'webhook-timestamp': String(Math.floor(now / 1000))};
  const mac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    .update(`upd_9.${headers['webhook-timestamp']}.${body}`).digest('base64');
  return {headers: {...headers, 'webhook-signature': `v1,AAAA v1,${mac}`}, body};
}

test('answers a challenge before it knows its secret', async () => {
  const answer = await receive(world(), {headers: {}, body: '{"type":"endpoint.verification","data":{"challenge":"c"}}'});
  assert.equal(answer.body, '{"challenge":"c"}');
});

test('notes when a signed webhook came first', async () => {
  const w = world();
  w.memory.set('setup', {secret: SECRET});
  assert.equal((await receive(w, webhook(w.now()))).status, 204);
  const first = w.memory.get('arrival#upd_9').at;
  w.later(5000);
  await receive(w, webhook(w.now()));
  assert.equal(w.memory.get('arrival#upd_9').at, first);
});

test('refuses what is not signed, signed by another, changed or old', async () => {
  const w = world();
  w.memory.set('setup', {secret: SECRET});
  const good = webhook(w.now());
  const other = webhook(w.now(), good.body, `whsec_${Buffer.from('another').toString('base64')}`);
  for (const bad of [{headers: {}, body: '{}'}, other, {...good, body: '{}'}, webhook(w.now() - 400_000)]) {
    assert.equal((await receive(w, bad)).status, 401);
  }
  assert.equal(w.memory.has('arrival#upd_9'), false);
  assert.equal(signed(SECRET, good.headers, good.body, w.now()), true);
});
