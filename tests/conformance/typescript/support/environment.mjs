// One dev server, client and workflow bundle for a test file; workers come and go per test.
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker, bundleWorkflowCode } from '@temporalio/worker';
import * as activities from './activities.mjs';
import { DevServer } from './server.mjs';

Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });

export class Environment {
  static async start(extra = [], options) {
    const environment = new Environment();
    environment.server = await DevServer.start(extra, options);
    environment.connection = await Connection.connect({ address: environment.server.address });
    environment.client = new Client({ connection: environment.connection });
    environment.native = await NativeConnection.connect({ address: environment.server.address });
    environment.bundle = await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('../workflows/index.cjs', import.meta.url)),
      logger: new DefaultLogger('ERROR'),
    });
    return environment;
  }

  async stop() {
    await this.native.close();
    await this.connection.close();
    await this.server.stop();
  }

  taskQueue() {
    return `queue-${randomUUID()}`;
  }

  async worker(taskQueue, options = {}) {
    return Worker.create({
      connection: this.native,
      workflowBundle: this.bundle,
      activities,
      taskQueue,
      maxHeartbeatThrottleInterval: 200,
      ...options,
    });
  }

  /** Runs a worker while the function runs; hands it a task queue and a starter for workflows on it. */
  async withWorker(body, options = {}) {
    const taskQueue = this.taskQueue();
    const worker = await this.worker(taskQueue, options);
    return worker.runUntil(() => body(this.starter(taskQueue), taskQueue));
  }

  starter(taskQueue) {
    const start = (type, args = [], options = {}) =>
      this.client.workflow.start(type, { taskQueue, workflowId: `wf-${randomUUID()}`, args, ...options });
    return {
      start,
      execute: async (type, args = [], options = {}) => (await start(type, args, options)).result(),
    };
  }
}

export async function eventually(ask, holds, seconds = 20) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`The condition did not hold in time; last: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function eventTypes(history) {
  return history.events.map((event) => event.eventType);
}
