// What api.<domain> answers while the API does not: the problem that clients of the API know, and when to come back. A
// browser's page may read it as it may read the API's own answers.
function handler(event) {
  var headers = {
    'access-control-allow-origin': {value: '${allowOrigin}'},
    'cache-control': {value: 'no-store'},
  };
  if (event.request.method === 'OPTIONS') {
    headers['access-control-allow-headers'] = {value: '${allowHeaders}'};
    headers['access-control-allow-methods'] = {value: 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'};
    return {statusCode: 204, statusDescription: 'No Content', headers: headers};
  }
  headers['access-control-expose-headers'] = {value: 'Retry-After'};
  headers['content-type'] = {value: 'application/problem+json'};
  headers['retry-after'] = {value: '30'};
  return {
    statusCode: 503,
    statusDescription: 'Service Unavailable',
    headers: headers,
    body: '{"type":"https://punctual.example/problems/unavailable","title":"Punctual does not answer just now",' +
      '"status":503,"detail":"Nothing that was accepted is lost. Try again in half a minute, with the same ' +
      'Idempotency-Key where there was one."}',
  };
}
