// What Lambda calls: the canary with AWS's own store and secrets. The SDK is the run time's.
import {DynamoDBClient, GetItemCommand, PutItemCommand} from '@aws-sdk/client-dynamodb';
import {GetSecretValueCommand, SecretsManagerClient} from '@aws-sdk/client-secrets-manager';
import * as canary from './canary.mjs';

const {API, CLIENT_ID, RECEIVER_URL, SECRET, TABLE, TOKEN_URI} = process.env;
const dynamo = new DynamoDBClient({});
const secrets = new SecretsManagerClient({});

const store = {
  async get(id) {
    const {Item} = await dynamo.send(new GetItemCommand({TableName: TABLE, Key: {id: {S: id}}, ConsistentRead: true}));
    return Item && JSON.parse(Item.value.S);
  },
  async put(id, value) {
    const item = {id: {S: id}, value: {S: JSON.stringify(value)}};
    if (id !== 'setup') {
      item.expires = {N: String(Math.floor(Date.now() / 1000) + 86_400)};
    }
    await dynamo.send(new PutItemCommand({TableName: TABLE, Item: item}));
  },
};

const world = {
  store, url: RECEIVER_URL, now: Date.now, sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
  async api(method, path, body, headers) {
    const answer = await fetch(`${API}${path}`, {
      method, headers: {...headers, authorization: `Bearer ${await token()}`, 'content-type': 'application/json'},
      body: body && JSON.stringify(body), signal: AbortSignal.timeout(10_000),
    });
    const text = await answer.text();
    return {status: answer.status, body: text ? JSON.parse(text) : undefined};
  },
};

let known;

async function token() {
  if (!known || known.until < Date.now()) {
    const {SecretString} = await secrets.send(new GetSecretValueCommand({SecretId: SECRET}));
    const answer = await fetch(TOKEN_URI, {
      method: 'POST', signal: AbortSignal.timeout(10_000),
      headers: {authorization: `Basic ${Buffer.from(`${CLIENT_ID}:${SecretString}`).toString('base64')}`},
      body: new URLSearchParams({grant_type: 'client_credentials',
        scope: 'punctual/provider.read punctual/provider.write'}),
    });
    if (!answer.ok) {
      throw Object.assign(new Error(`the issuer answers ${answer.status}`), {status: answer.status});
    }
    const {access_token: value, expires_in: seconds} = await answer.json();
    known = {value, until: Date.now() + (seconds - 300) * 1000};
  }
  return known.value;
}

export async function publish() {
  const result = await canary.publish(world);
  const metrics = [{Name: 'ok', Unit: 'Count'}];
  if (result.ok) {
    metrics.push({Name: 'arrivedMs', Unit: 'Milliseconds'}, {Name: 'publishedMs', Unit: 'Milliseconds'});
  }
  process.stdout.write(`${JSON.stringify({...result,
    _aws: {Timestamp: Date.now(), CloudWatchMetrics: [{Namespace: 'Punctual/Canary', Dimensions: [[]],
      Metrics: metrics}]}})}\n`);
}

export async function receive(event) {
  const body = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString('utf8') : event.body ?? '';
  const {status, body: answer, outcome, webhookId} = await canary.receive(world, {headers: event.headers, body});
  process.stdout.write(`${JSON.stringify({webhookId, outcome})}\n`);
  return {statusCode: status, body: answer, headers: {'content-type': 'application/json'}};
}
