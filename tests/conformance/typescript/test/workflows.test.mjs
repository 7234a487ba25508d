import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DeterminismViolationError } from '@temporalio/workflow';
import { DefaultLogger, Worker, bundleWorkflowCode } from '@temporalio/worker';
import { running } from '../support/activities.mjs';
import { Environment, eventually } from '../support/environment.mjs';

let environment;
before(async () => (environment = await Environment.start()));
after(() => environment.stop());

test('timers fire in order and a cancelled one does not', () =>
  environment.withWorker(async ({ execute }) => assert.deepEqual(await execute('timers'), [1, 2, 3, 'CancelledFailure'])));

test('a child returns its result, and its failure reaches the parent', () =>
  environment.withWorker(async ({ execute }) => {
    assert.equal(await execute('parent', ['hello', ['child']]), 'Hello, child!');
    assert.equal(await execute('failingChild'), 'broken on purpose');
  }));

test('a child id that is taken is refused', () =>
  environment.withWorker(async ({ execute }) =>
    assert.equal(await execute('parentOfSameId', [randomUUID()]), 'WorkflowExecutionAlreadyStartedError')));

for (const [policy, status] of [['TERMINATE', 'TERMINATED'], ['ABANDON', 'RUNNING'], ['REQUEST_CANCEL', 'CANCELLED']]) {
  test(`parent close policy ${policy} leaves the child ${status.toLowerCase()}`, () =>
    environment.withWorker(async ({ execute }) => {
      const child = environment.client.workflow.getHandle(await execute('parent', ['forever', [], policy]));
      await eventually(() => child.describe(), (d) => d.status.name === status);
      if (status === 'RUNNING') await child.terminate();
    }));
}

test('continue-as-new carries on under the same id', () =>
  environment.withWorker(async ({ execute }) => assert.equal(await execute('generations', [3]), 'continued')));

test('patches are recorded', () =>
  environment.withWorker(async ({ execute }) => assert.equal(await execute('patched'), 'Hello, new!')));

for (const maxCachedWorkflows of [0, 2]) {
  test(`workflows run with a cache of ${maxCachedWorkflows}`, () =>
    environment.withWorker(async ({ start, execute }) => {
      const handles = await Promise.all([1, 2, 3, 4].map((n) => start('counter', [n])));
      for (const handle of handles) await handle.signal('add', 10);
      assert.deepEqual(await Promise.all(handles.map((h) => h.query('total'))), [11, 12, 13, 14]);
      for (const handle of handles) await handle.signal('close');
      assert.deepEqual(await Promise.all(handles.map((h) => h.result())), [11, 12, 13, 14]);
      assert.equal(await execute('stepByStep', [5]), 5);
    }, { maxCachedWorkflows }));
}

test('a second worker takes over what the first one left', async () => {
  const taskQueue = environment.taskQueue();
  const { start } = environment.starter(taskQueue);
  const first = await environment.worker(taskQueue, { shutdownGraceTime: 0 });
  let handle;
  await first.runUntil(async () => {
    handle = await start('counter', [1]);
    await handle.signal('add', 1);
    assert.equal(await handle.query('total'), 2);
  });
  await handle.signal('add', 5);
  await handle.signal('close');
  const second = await environment.worker(taskQueue);
  await second.runUntil(async () => assert.equal(await handle.result(), 7));
});

test('histories of this server replay', () =>
  environment.withWorker(async ({ start }) => {
    for (const [type, args] of [['timers', []], ['local', []], ['patched', []], ['parent', ['hello', ['x']]], ['random', []], ['cancelActivity', []]]) {
      const handle = await start(type, args);
      await handle.result();
      await Worker.runReplayHistory({ workflowBundle: environment.bundle }, await handle.fetchHistory(), handle.workflowId);
    }
    const counter = await start('counter');
    await counter.signal('add', 3);
    await counter.executeUpdate('addAndGet', { args: [4] });
    await counter.signal('close');
    assert.equal(await counter.result(), 7);
    await Worker.runReplayHistory({ workflowBundle: environment.bundle }, await counter.fetchHistory(), counter.workflowId);
  }));

test('later code replays with a patch, and without one it is told what differs', () =>
  environment.withWorker(async ({ start }) => {
    const workflowBundle = await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('../workflows/changed.cjs', import.meta.url)), logger: new DefaultLogger('ERROR'),
    });
    const replay = async (type, args) => {
      const handle = await start(type, args);
      await handle.result();
      return Worker.runReplayHistory({ workflowBundle }, await handle.fetchHistory(), handle.workflowId);
    };
    await replay('hello', ['x']);
    await assert.rejects(replay('stepByStep', [1]), DeterminismViolationError);
  }));

test('a history of several pages is read by a worker without a cache', () =>
  environment.withWorker(async ({ start }) => {
    const handle = await start('stepByStep', [50]);
    assert.equal(await handle.result(), 50);
    assert.ok((await handle.fetchHistory()).events.length > 256);
  }, { maxCachedWorkflows: 0 }));

test('a worker that goes hands its activities back at once', async () => {
  const taskQueue = environment.taskQueue();
  const { start } = environment.starter(taskQueue);
  const first = await environment.worker(taskQueue, { shutdownGraceTime: 0 });
  let handles;
  await first.runUntil(async () => {
    handles = await Promise.all(Array.from({ length: 5 }, () => start('interrupted')));
    await eventually(async () => handles.filter((h) => running.includes(h.workflowId)).length, (n) => n === 5);
  });
  const second = await environment.worker(taskQueue);
  await second.runUntil(async () => {
    const results = await Promise.all(handles.map((h) => h.result()));
    assert.deepEqual(results, Array(5).fill('attempt 2'));
  });
});

test('workers that come and go in the middle of work lose none', async () => {
  const taskQueue = environment.taskQueue();
  const { start } = environment.starter(taskQueue);
  const handles = await Promise.all(Array.from({ length: 20 }, () => start('stepByStep', [6])));
  const results = Promise.all(handles.map((h) => h.result()));
  const ended = results.then(() => true);
  for (let done = false; !done;) {
    const worker = await environment.worker(taskQueue, { shutdownGraceTime: 0 });
    done = await worker.runUntil(Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 700))]));
  }
  assert.deepEqual(await results, Array(20).fill(6));
});

test('a thousand workflows at once all finish', { timeout: 240_000 }, () =>
  environment.withWorker(async ({ execute }) => {
    const results = await Promise.all(Array.from({ length: 1000 }, (_, n) => execute('hello', [String(n)])));
    assert.equal(new Set(results).size, 1000);
  }));
