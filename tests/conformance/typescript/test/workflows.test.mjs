import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Worker } from '@temporalio/worker';
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

test('a thousand workflows at once all finish', { timeout: 240_000 }, () =>
  environment.withWorker(async ({ execute }) => {
    const results = await Promise.all(Array.from({ length: 1000 }, (_, n) => execute('hello', [String(n)])));
    assert.equal(new Set(results).size, 1000);
  }));
