import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Environment } from '../support/environment.mjs';

let environment;
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dev-server-'));
  environment = await Environment.start(['--db-filename', join(folder, 'temporal.db')]);
});
after(async () => {
  await environment.stop();
  await rm(folder, { recursive: true });
});

const kills = Number(process.env.KILLS ?? 10);

test(`nothing acknowledged is lost over ${kills} kills`, { timeout: 30_000 + kills * 15_000 }, async () => {
  const taskQueue = environment.taskQueue();
  const worker = await environment.worker(taskQueue);
  const acknowledged = new Map();
  let killing = true;
  await worker.runUntil(async () => {
    const { start } = environment.starter(taskQueue);
    const retryWhileDown = async (call) => {
      for (;;) {
        try {
          return await call();
        } catch (error) {
          if (!killing && !/UNAVAILABLE|ECONN|deadline|connection|CANCELLED|INTERNAL/i.test(`${error} ${error.cause}`)) throw error;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
    };
    const load = (async () => {
      for (let n = 0; killing; n++) {
        const workflowId = `durable-${n}`;
        await retryWhileDown(() => start('counter', [0], { workflowId }).catch((e) => {
          if (e.name !== 'WorkflowExecutionAlreadyStartedError') throw e;
        }));
        acknowledged.set(workflowId, 0);
        const handle = environment.client.workflow.getHandle(workflowId);
        for (let s = 0; s < 3 && killing; s++) {
          try {
            await handle.signal('add', 1);
            acknowledged.set(workflowId, acknowledged.get(workflowId) + 1);
          } catch {
            // Not acknowledged: it may or may not be there.
          }
        }
      }
    })();
    for (let kill = 0; kill < kills; kill++) {
      await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 800));
      await environment.server.kill();
      await environment.server.launch();
    }
    killing = false;
    await load;
    for (const [workflowId, signals] of acknowledged) {
      const handle = environment.client.workflow.getHandle(workflowId);
      await retryWhileDown(() => handle.signal('close'));
      const total = await handle.result();
      assert.ok(total >= signals, `${workflowId}: ${signals} signals acknowledged, ${total} counted`);
      const { events } = await handle.fetchHistory();
      assert.deepEqual(events.map((e) => Number(e.eventId)), events.map((_, i) => i + 1), 'event ids are contiguous');
    }
    assert.ok(acknowledged.size > kills);
  });
});
