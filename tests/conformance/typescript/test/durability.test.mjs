// kill -9 under load. KILLS says how often; ten times unless told otherwise.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Context, CompleteAsyncError } from '@temporalio/activity';
import { Environment } from '../support/environment.mjs';
import { assertWellFormed } from '../support/wellformed.mjs';

const kills = Number(process.env.KILLS ?? 10);
const lanes = 3;

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

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const isOutage = (error) => /UNAVAILABLE|ECONN|deadline|connection|CANCELLED|INTERNAL|socket/i.test(`${error} ${error.cause} ${error.cause?.details}`);

/** Rejects with what a workflow waits for, should it not end. */
async function stuck(handle) {
  await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
  const { raw } = await handle.describe();
  const types = (await handle.fetchHistory()).events.map((e) => e.eventType);
  throw new Error(`${handle.workflowId} does not end: ${JSON.stringify([types, raw.pendingActivities, raw.pendingWorkflowTask])}`);
}

/** What the server acknowledged, and what was tried. */
class Ledger {
  runs = new Map(); // workflow id -> run id
  signals = new Map(); // workflow id -> { acknowledged, tried }
  results = new Map(); // workflow id -> what the activity was completed with
  again = []; // activities that ran after their completion was acknowledged
  waiting = []; // { workflowId, token } of activities that wait to be completed from outside
}

function activitiesOf(ledger) {
  return {
    async step() {
      return Context.current().info.attempt;
    },
    async handOver() {
      const { taskToken: token, workflowExecution: { workflowId } } = Context.current().info;
      if (ledger.results.has(workflowId)) ledger.again.push(workflowId);
      ledger.waiting.push({ workflowId, token });
      throw new CompleteAsyncError();
    },
  };
}

test(`nothing acknowledged is lost or done again over ${kills} kills`, { timeout: 120_000 + kills * 15_000 }, async (t) => {
  const { client } = environment;
  const taskQueue = environment.taskQueue();
  const ledger = new Ledger();
  const worker = await environment.worker(taskQueue, { activities: activitiesOf(ledger) });
  let loading = true;
  let completing = true;

  const untilAnswered = async (call) => {
    for (;;) {
      try {
        return await call();
      } catch (error) {
        if (!isOutage(error)) throw error;
        await pause(20);
      }
    }
  };

  const load = async (lane) => {
    for (let n = 0; loading; n++) {
      const workflowId = `durable-${lane}-${n}`;
      const handle = client.workflow.getHandle(workflowId);
      const started = await untilAnswered(() => client.workflow
        .start('durable', { taskQueue, workflowId }).then((h) => h.firstExecutionRunId)
        // Answered or not, an earlier try has started it.
        .catch((e) => (e.name === 'WorkflowExecutionAlreadyStartedError' ? handle.describe().then((d) => d.runId) : Promise.reject(e))));
      ledger.runs.set(workflowId, started);
      const count = { acknowledged: 0, tried: 0 };
      ledger.signals.set(workflowId, count);
      for (let s = 0; s < 3 && loading; s++) {
        count.tried++;
        await handle.signal('add', 1).then(() => count.acknowledged++, (error) => assert.ok(isOutage(error), String(error)));
      }
    }
  };

  const complete = async () => {
    for (let n = 0; completing; n++) {
      const next = ledger.waiting.shift();
      if (!next) {
        await pause(5);
        continue;
      }
      try {
        await client.activity.complete(next.token, n);
        ledger.results.set(next.workflowId, n);
      } catch (error) {
        // Not acknowledged: tried again, until it is known to be over.
        if (error.name !== 'ActivityNotFoundError') ledger.waiting.push(next);
      }
    }
  };

  const check = async ([workflowId, runId]) => {
    const handle = client.workflow.getHandle(workflowId);
    await untilAnswered(() => handle.signal('close'));
    const { total, handedOver } = await Promise.race([handle.result(), stuck(handle)]);
    const { acknowledged, tried } = ledger.signals.get(workflowId);
    assert.ok(total >= acknowledged && total <= tried, `${workflowId}: ${acknowledged} of ${tried} signals acknowledged, ${total} counted`);
    assert.equal((await handle.describe()).runId, runId, `${workflowId} is the run that was acknowledged`);
    if (ledger.results.has(workflowId)) assert.equal(handedOver, ledger.results.get(workflowId), `${workflowId} has the result that was acknowledged`);
    const { states, timers } = assertWellFormed(await handle.fetchHistory(), workflowId);
    // A task that nobody took in time, while the worker was away, ends without a start.
    assert.ok(
      states.every((task) => task.ended && (task.started || task.timedOut)), `${workflowId}: whatever was scheduled was started and closed`);
    assert.ok(timers.every((ended) => ended), `${workflowId}: every timer ended`);
  };

  await worker.runUntil(async () => {
    const completer = complete();
    try {
      const loaders = Promise.all(Array.from({ length: lanes }, (_, lane) => load(lane)));
      for (let kill = 0; kill < kills; kill++) {
        // At any moment, but not before the worker found the way back: otherwise nothing would be left to lose.
        const known = ledger.results.size;
        for (const deadline = Date.now() + 5_000; ledger.results.size === known && Date.now() < deadline;) await pause(20);
        await pause(Math.random() * 800);
        await environment.server.kill();
        await environment.server.launch();
      }
      loading = false;
      await loaders;
      const underLoad = ledger.results.size;
      const runs = [...ledger.runs];
      while (runs.length) await Promise.all(runs.splice(0, 20).map(check));
      assert.deepEqual(ledger.again, [], 'no activity ran after its completion was acknowledged');
      assert.equal(worker.getState(), 'RUNNING', 'the worker that was there before the first kill still works');
      assert.ok(ledger.runs.size > kills * lanes, `${ledger.runs.size} workflows`);
      t.diagnostic(`${kills} kills, ${ledger.runs.size} workflows, ${underLoad} activities acknowledged under load`);
    } finally {
      [loading, completing] = [false, false];
      await completer;
    }
  });
});
