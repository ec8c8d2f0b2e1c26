// Runs the canary's own code without AWS: its memory is a map, its receiver a port of this machine. A line for each publication.
import {createServer} from 'node:http';

const {API, CANARY, CLIENT_ID, CLIENT_SECRET, TIMES, TOKEN_URI} = process.env;
const {publish, receive} = await import(CANARY);
const memory = new Map();
const store = {get: async (id) => memory.get(id), put: async (id, value) => void memory.set(id, value)};

const receiver = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += part;
  const answer = await receive({store, now: Date.now}, {headers: request.headers, body});
  response.writeHead(answer.status).end(answer.body);
});
await new Promise((listening) => receiver.listen(0, '127.0.0.1', listening));

const signedIn = await fetch(TOKEN_URI, {
  method: 'POST', headers: {authorization: `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}`},
  body: new URLSearchParams({grant_type: 'client_credentials'}),
});
const {access_token: token} = await signedIn.json();
const world = {
  store, now: Date.now, sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
  url: `http://localhost:${receiver.address().port}/hook`,
  async api(method, path, body, headers) {
    const answer = await fetch(`${API}${path}`, {
      method, headers: {...headers, authorization: `Bearer ${token}`, 'content-type': 'application/json'},
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    return {status: answer.status, body: text ? JSON.parse(text) : undefined};
  },
};
for (let time = 0; time < Number(TIMES); time++) {
  console.log(JSON.stringify({...await publish(world), setup: {...memory.get('setup'), secret: undefined}}));
}
receiver.close();
process.exit();
