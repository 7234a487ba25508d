// node round.mjs ADDRESS TASK_QUEUE COUNT CONCURRENCY: one round; the last line of stdout is the measurement as JSON.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(new URL('../../tests/conformance/typescript/package.json', import.meta.url));
const { Client, Connection } = require('@temporalio/client');
const { DefaultLogger, NativeConnection, Runtime, Worker } = require('@temporalio/worker');

const [address, taskQueue] = process.argv.slice(2, 4);
const [count, concurrency] = process.argv.slice(4, 6).map(Number);
Runtime.install({ logger: new DefaultLogger('ERROR') });
const worker = await Worker.create({
  connection: await NativeConnection.connect({ address }),
  workflowsPath: fileURLToPath(new URL('../../tests/conformance/typescript/bench.cjs', import.meta.url)),
  activities: { Greet: async (name) => `Hello, ${name}!` },
  taskQueue,
  maxCachedWorkflows: 1000,
  maxConcurrentActivityTaskExecutions: 100,
  maxConcurrentWorkflowTaskExecutions: 100,
  maxConcurrentActivityTaskPolls: 10,
  maxConcurrentWorkflowTaskPolls: 10,
});
const client = new Client({ connection: await Connection.connect({ address }) });

async function one() {
  const begin = performance.now();
  const handle = await client.workflow.start('bench', { taskQueue, workflowId: `bench-${randomUUID()}`, args: ['Ada'] });
  await handle.signal('finish');
  await handle.result();
  return performance.now() - begin;
}

async function many(number) {
  const latencies = [];
  let next = 0;
  await Promise.all(Array.from({ length: concurrency }, async () => {
    while (next++ < number) latencies.push(await one());
  }));
  return latencies;
}

await worker.runUntil(async () => {
  await many(2 * concurrency);
  const before = process.cpuUsage();
  const begin = performance.now();
  const latencies = await many(count);
  const seconds = (performance.now() - begin) / 1000;
  const used = process.cpuUsage(before);
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))];
  console.log(JSON.stringify({
    workflowsPerSecond: latencies.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    processor: (used.user + used.system) / 1000 / latencies.length,
  }));
});
process.exit(0);
