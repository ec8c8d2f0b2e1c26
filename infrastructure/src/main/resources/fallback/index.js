// What api.<domain> answers while the API does not: the problem that clients of the API know, and when to come back.
function handler(event) {
  return {
    statusCode: 503,
    statusDescription: 'Service Unavailable',
    headers: {
      'content-type': {value: 'application/problem+json'},
      'retry-after': {value: '30'},
      'cache-control': {value: 'no-store'},
    },
    body: '{"type":"https://punctual.example/problems/unavailable","title":"Punctual does not answer just now",' +
      '"status":503,"detail":"Nothing that was accepted is lost. Try again in half a minute, with the same ' +
      'Idempotency-Key where there was one."}',
  };
}
