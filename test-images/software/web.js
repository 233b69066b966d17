// web.js REPORT: a web server and a client that keeps its connection, timers, and a thread that counts in shared memory, which check
// each other.
'use strict';
const fs = require('fs');
const http = require('http');
const { Worker } = require('worker_threads');

const PORT = 7400;
const ROUND_MS = 50;
const CHILD = `
const { workerData } = require('worker_threads');
const count = new Int32Array(workerData);
setInterval(() => Atomics.add(count, 0, 1), 5);
`;

function report(line) {
  fs.writeFileSync('/tmp/report', line + '\n');
  fs.renameSync('/tmp/report', process.argv[2]);
}

function fail(what) {
  report(`bad node ${what}`);
  process.exit(1);
}

process.on('uncaughtException', (error) => fail(error));

const shared = new SharedArrayBuffer(4);
const count = new Int32Array(shared);
new Worker(CHILD, { eval: true, workerData: shared });

const remembered = new Map();
let served = 0;
let connections = 0;
let ticks = 0;
let rounds = 0;
let seen = 0;
setInterval(() => { ticks += 1; }, 10);

const server = http.createServer((request, response) => {
  served += 1;
  remembered.set(request.url, served);
  if (remembered.size > 1000) remembered.clear();
  response.end(`${served} ${request.url}`);
});
server.keepAliveTimeout = 600000;
server.on('connection', () => { connections += 1; });

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function fetchPage(path, then) {
  http.get({ port: PORT, host: '127.0.0.1', path, agent }, (response) => {
    let body = '';
    response.on('data', (chunk) => { body += chunk; });
    response.on('end', () => then(body));
  }).on('error', fail);
}

// The other thread and the timer get a minute to move.
function awaitMoves(ticksBefore, deadline, then) {
  if (Atomics.load(count, 0) > seen && ticks > ticksBefore) {
    seen = Atomics.load(count, 0);
    then();
  } else if (Date.now() > deadline) {
    fail('a thread or a timer stands still');
  } else {
    setTimeout(awaitMoves, 5, ticksBefore, deadline, then);
  }
}

function round() {
  rounds += 1;
  fetchPage(`/page/${rounds}`, (body) => {
    if (body !== `${rounds} /page/${rounds}`) fail(`the client got ${body} in round ${rounds}`);
    if (connections !== 1) fail(`the client has made ${connections} connections`);
    awaitMoves(ticks, Date.now() + 60000, () => {
      report(`ok node ${rounds}`);
      setTimeout(round, ROUND_MS);
    });
  });
}

server.listen(PORT, '127.0.0.1', round);
