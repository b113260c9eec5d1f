// A Node service with two opossum breakers behind the routes of the preset own-service, and prom-client's metrics.
// node service.js PORT RESET_TIMEOUT_MS [hold]; with "hold" a breaker that was opened by hand stays so.
'use strict';
const http = require('node:http');
const CircuitBreaker = require('opossum');
const client = require('prom-client');

const [port, resetTimeout, hold] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4] === 'hold'];
const token = process.env.CONTROL_TOKEN;
const reached = new client.Counter({ name: 'backend_calls_total', help: 'Calls that reached the backend', labelNames: ['name'] });
const refused = new client.Counter({ name: 'circuit_rejected_total', help: 'Calls refused by the breaker', labelNames: ['name'] });
const breakers = new Map();

function add(name) {
  const breaker = new CircuitBreaker(async () => { reached.inc({ name }); return 'ok'; }, { name, resetTimeout });
  const entry = { breaker, held: false };
  breaker.on('reject', () => refused.inc({ name }));
  breaker.on('halfOpen', () => { if (hold && entry.held) breaker.open(); });
  breakers.set(name, entry);
}
add('payments');
add('search');
reached.inc({ name: 'payments' }, 0);
refused.inc({ name: 'payments' }, 0);

new client.Gauge({
  name: 'circuit_open', help: '1 while the breaker is open', labelNames: ['name'],
  collect() { for (const [name, { breaker }] of breakers) this.set({ name }, breaker.opened ? 1 : 0); },
});

const actions = {
  open(entry) { entry.held = true; entry.breaker.open(); },
  close(entry) { entry.held = false; entry.breaker.close(); },
  enable(entry) { entry.breaker.enable(); },
  disable(entry) { entry.breaker.disable(); },
};

function send(response, status, body) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'Content-Type': typeof body === 'string' ? client.register.contentType : 'application/json' });
  response.end(text);
}

const server = http.createServer(async (request, response) => {
  request.resume();
  const [, kind, name, action] = new URL(request.url, 'http://x').pathname.split('/').map(decodeURIComponent);
  if (kind === 'metrics') return send(response, 200, await client.register.metrics());
  const entry = breakers.get(name);
  if (kind === 'call' && entry) {
    try { return send(response, 200, { answer: await entry.breaker.fire() }); }
    catch (error) { return send(response, 503, { error: error.message, code: error.code }); }
  }
  if (kind !== 'breakers') return send(response, 404, { error: 'no such path' });
  if (request.headers.authorization !== `Bearer ${token}`) return send(response, 401, { error: 'token' });
  if (!name) return send(response, 200, [...breakers.values()].map((each) => each.breaker.toJSON()));
  if (!entry) return send(response, 404, { error: 'no such breaker' });
  if (request.method === 'GET') return send(response, 200, entry.breaker.toJSON());
  if (!actions[action]) return send(response, 400, { error: 'no such action' });
  actions[action](entry);
  return send(response, 200, entry.breaker.toJSON());
});
server.listen(port, '127.0.0.1');
