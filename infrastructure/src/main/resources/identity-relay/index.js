// Behind the internal load balancer: passes two requests on to the issuer of tokens, and nothing else.
const headersOn = ['authorization', 'content-type'];

exports.handler = async (event) => {
  const targets = {
    'POST /oauth2/token': process.env.TOKEN_URI,
    'GET /oauth2/jwks': process.env.JWKS_URI,
  };
  const target = targets[`${event.httpMethod} ${event.path}`];
  if (!target) {
    return answer(404, 'application/json', '{"title":"There is no such operation","status":404}');
  }
  const headers = {};
  for (const name of headersOn) {
    if (event.headers && event.headers[name]) {
      headers[name] = event.headers[name];
    }
  }
  const body = event.httpMethod === 'POST'
    ? Buffer.from(event.body || '', event.isBase64Encoded ? 'base64' : 'utf8') : undefined;
  try {
    const response = await fetch(target, {method: event.httpMethod, headers, body, signal: AbortSignal.timeout(8000)});
    return answer(response.status, response.headers.get('content-type') || 'application/json', await response.text());
  } catch (error) {
    console.error(JSON.stringify({message: 'the issuer does not answer', error: String(error)}));
    return answer(503, 'application/json', '{"title":"The issuer does not answer","status":503}');
  }
};

const answer = (statusCode, type, body) =>
  ({statusCode, headers: {'content-type': type, 'cache-control': 'no-store'}, body, isBase64Encoded: false});
